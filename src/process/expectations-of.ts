import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../events/index.ts';
import { add, isZero, negate, subtract } from '../money/money.ts';
import {
  awaitedNoLonger,
  bookingNoLonger,
  type ExpectedMovement,
  expectationOf,
  paymentNamed,
  paymentNoLonger,
  payoutKnownAs,
  payoutNoLonger,
  sentBackNoLonger,
} from '../reconciliation/expectations.ts';
import type { LaneItem, Subject } from '../reconciliation/lane.ts';
import { attemptOfReference, messageIdOf, uetrFor } from '../settlement/bank-references.ts';
import { bankMovementsOf } from './expected-at-bank.ts';
import { bookingsOfChargeback, bookingsOfReversal } from './expected-at-provider.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
const DAY_MS = 86_400_000;

/** What the matching books follows lines that are there: nothing more will come of it. */
const BY_MATCHING = 'matching#';

/** But what a person had resolved and is open again, and a line that is in a break until this matches it. */
const EXPECTED_ALL_THE_SAME: readonly TradelaneEvent['type'][] = [
  'BreakReopened',
  'RefundReturned',
];

/**
 * What the books expect others to say, once a record is written: each leg on 1100 that the provider
 * will list, each that the bank will on 1200, and a buyer's transfer while it is awaited.
 */
export const expectationsOf = (record: TradelaneRecord): readonly LaneItem[] =>
  record.events
    .filter(
      ({ type }) => EXPECTED_ALL_THE_SAME.includes(type) || !record.cause.startsWith(BY_MATCHING),
    )
    .flatMap((event) => expectedBy(event, record));

function expectedBy(event: TradelaneEvent, record: TradelaneRecord): readonly LaneItem[] {
  const about = { tradeId: record.tradeId };
  switch (event.type) {
    case 'TradeOpened':
      return awaitedTransfer(event, record);
    case 'TradeExpired':
    case 'TradeCanceled':
      return [awaitedNoLonger(record.tradeId, dayOf(record.recordedAt))];
    case 'EscrowFunded':
      return [awaitedNoLonger(event.tradeId, dayOf(event.capturedAt)), ...charged(event, about)];
    case 'RefundCredited':
    case 'RefundSettled':
    case 'RefundFailed':
      return refunded(event, about);
    case 'ChargebackOpened':
    case 'ChargebackAdjusted':
      return bookingsOfChargeback(event).map((booking) => expectationOf(booking, about));
    case 'PayoutReversed':
    case 'TransferReversed': {
      const { payoutId, tradeId } = event;
      return bookingsOfReversal(event).map((booking) =>
        expectationOf(booking, { tradeId, payoutId }),
      );
    }
    case 'BreakReopened':
      return event.was === 'sent_back'
        ? [sentBackNoLonger(event.breakId, dayOf(event.reopenedAt))]
        : [];
    case 'PspToppedUp':
      return [toppedUp(event), ...atBank(event)];
    case 'RefundSubmitted':
      return refundSent(event, about);
    case 'PspPayoutAnnounced':
      return announced(event);
    case 'PspPayoutCalledOff':
      return [payoutNoLonger(event.payoutId, dayOf(event.occurredAt))];
    case 'PayoutSettled':
      return transferred(event, about);
    case 'PayoutInstructionAdded': {
      const { endToEndId, uetr, batchId, amount, closesAt, payoutId, tradeId } = event;
      const sent: ExpectedMovement = {
        ...{ kind: 'payout_sent', endToEndId, uetr, amount, on: dayOf(closesAt) },
        batchId: messageIdOf(batchId),
      };
      return [
        expectationOf(sent, { tradeId, payoutId }),
        paymentNamed({ endToEndId, uetr }, sent.on),
      ];
    }
    case 'PayoutFailed':
      return refused(event);
    case 'PayoutReturned': {
      const { transferId: endToEndId, returned: amount, code, returnedAt, payoutId } = event;
      const on = dayOf(returnedAt);
      const back = { kind: 'payout_returned', endToEndId, code, amount, on } as const;
      return [expectationOf(back, { ...about, payoutId })];
    }
    case 'RefundReturned': {
      const { reference: endToEndId, returned: amount, code, occurredAt, tradeId } = event;
      const back = { kind: 'refund_returned', endToEndId, code, amount } as const;
      return [expectationOf({ ...back, on: dayOf(occurredAt) }, { tradeId })];
    }
    default:
      return atBank(event);
  }
}

const atBank = (event: TradelaneEvent): readonly LaneItem[] =>
  bankMovementsOf(event).map(({ about, ...movement }) => expectationOf(movement, about));

const dayOf = (instant: string): string => instant.slice(0, DAY_LENGTH);

type EventOf<T extends TradelaneEvent['type']> = Extract<TradelaneEvent, { type: T }>;

/**
 * A transfer that names the order may fund the trade. It takes a day at least, so none is awaited for
 * what is to be paid sooner, nor where there is no number to name.
 */
function awaitedTransfer(
  { tradeId, reference: orderNumber, quote, payBy }: EventOf<'TradeOpened'>,
  { recordedAt }: TradelaneRecord,
): readonly LaneItem[] {
  const isSoon = Date.parse(payBy) - Date.parse(recordedAt) < DAY_MS;
  if (orderNumber === undefined || isSoon) return [];
  const on = dayOf(payBy);
  return [
    expectationOf({ kind: 'transfer_awaited', tradeId, orderNumber, amount: quote.sell, on }),
  ];
}

/** What came by receipts was at the bank, and is no charge. */
const charged = (event: EventOf<'EscrowFunded'>, about: Subject): readonly LaneItem[] => {
  if (event.receiptIds !== undefined) return [];
  const { chargeId: sourceId, settled, fee, capturedAt } = event;
  const amount = subtract(settled, fee);
  const booked = { kind: 'provider_booking', booking: 'charge', sourceId, amount } as const;
  return [expectationOf({ ...booked, on: dayOf(capturedAt) }, about)];
};

/** What the provider will debit is known before it says so, where nothing is converted. */
function refundSent(
  { providerRefundId: sourceId, debit, submittedAt }: EventOf<'RefundSubmitted'>,
  about: Subject,
): readonly LaneItem[] {
  if (debit === undefined) return [];
  const booked = { kind: 'provider_booking', booking: 'refund', sourceId } as const;
  return [expectationOf({ ...booked, amount: negate(debit), on: dayOf(submittedAt) }, about)];
}

/** A payout that is announced is awaited at the bank; the bank's name of it may be told later. */
function announced({
  payoutId,
  amount,
  arrivesOn: on,
  traceId,
}: EventOf<'PspPayoutAnnounced'>): readonly LaneItem[] {
  const expected = { kind: 'provider_payout_announced', payoutId, amount, on } as const;
  return [
    expectationOf({ ...expected, ...(traceId === undefined ? {} : { traceId }) }),
    ...(traceId === undefined ? [] : [payoutKnownAs({ payoutId, traceId }, on)]),
  ];
}

/** What goes back by bank, or was never charged, is not on the provider's balance of ours. */
function refunded(
  event: EventOf<'RefundCredited' | 'RefundSettled' | 'RefundFailed'>,
  about: Subject,
): readonly LaneItem[] {
  const isFailed = event.type === 'RefundFailed';
  const booking = isFailed ? event.returned : event.booking;
  // One that fails before it was booked is expected no longer.
  if (booking === undefined) {
    return [bookingNoLonger('refund', event.providerRefundId, dayOf(bookedAt(event)))];
  }
  if (booking.from !== undefined) return [];
  const taken = add(booking.debited, booking.fee);
  const refund: ExpectedMovement = {
    ...{ kind: 'provider_booking', booking: isFailed ? 'refund_failure' : 'refund' },
    ...{ sourceId: event.providerRefundId, amount: isFailed ? taken : negate(taken) },
    on: dayOf(bookedAt(event)),
  };
  return isZero(refund.amount) ? [] : [expectationOf(refund, about)];
}

function bookedAt(event: EventOf<'RefundCredited' | 'RefundSettled' | 'RefundFailed'>): string {
  if (event.type === 'RefundCredited') return event.creditedAt;
  return event.type === 'RefundSettled' ? event.settledAt : event.failedAt;
}

/** The bank's debit is what settles a payout by file: its line was expected with the instruction. */
function transferred(event: EventOf<'PayoutSettled'>, about: Subject): readonly LaneItem[] {
  if (event.rail === 'bank_file') return [];
  const { transferId: sourceId, settledAt, payoutId } = event;
  const amount = negate(event.amount);
  const booked = { kind: 'provider_booking', booking: 'transfer', sourceId, amount } as const;
  return [expectationOf({ ...booked, on: dayOf(settledAt) }, { ...about, payoutId })];
}

/** A payment that the bank refused is debited no more; what was never sent was not expected. */
function refused({
  transferId: endToEndId,
  ...event
}: EventOf<'PayoutFailed'>): readonly LaneItem[] {
  if (event.rail !== 'bank_file' || endToEndId === undefined) return [];
  const { amount, failedAt, tradeId, payoutId, attempt: latest } = event;
  const on = dayOf(failedAt);
  const attempt = attemptOfReference(payoutId, endToEndId, latest);
  return [
    paymentNoLonger({ endToEndId, amount, on }, { tradeId, payoutId }),
    // Where the instruction is still on its way, the line would name nothing.
    ...(attempt === undefined
      ? []
      : [paymentNamed({ endToEndId, uetr: uetrFor(payoutId, attempt) }, on)]),
  ];
}

/** A provider lists what it was sent by the id that it gave the top-up, whatever the bank calls it. */
function toppedUp({
  movementId,
  providerReference: sourceId = movementId,
  amount,
  occurredAt,
}: EventOf<'PspToppedUp'>): LaneItem {
  const booked = { kind: 'provider_booking', booking: 'topup', sourceId } as const;
  return expectationOf({ ...booked, amount, on: dayOf(occurredAt) });
}
