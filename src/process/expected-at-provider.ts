import type { TradelaneEvent } from '../../events/index.ts';
import { isZero, type Money, negate, subtract } from '../money/money.ts';
import type { ExpectedMovement } from '../reconciliation/expectations.ts';

type EventOf<T extends TradelaneEvent['type']> = Extract<TradelaneEvent, { type: T }>;

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * Each booking of a chargeback by its own id: a provider makes several under the chargeback's. Where
 * the record has only their sums, each sum is expected under the chargeback.
 */
export function bookingsOfChargeback(
  event: EventOf<'ChargebackOpened' | 'ChargebackAdjusted'>,
): readonly ExpectedMovement[] {
  const { chargebackId: sourceId, bookings } = event;
  const isOpened = event.type === 'ChargebackOpened';
  const on = (isOpened ? event.openedAt : event.adjustedAt).slice(0, DAY_LENGTH);
  if (bookings !== undefined) {
    return bookings.map(({ transactionId, net }) => ({
      ...{ kind: 'provider_booking', booking: 'chargeback', transactionId, amount: net, on },
    }));
  }
  const change = isOpened ? negate(event.withdrawn) : subtract(event.reinstated, event.withdrawn);
  const amount = subtract(change, event.fee);
  const booking = isOpened ? 'chargeback' : `chargeback_adjusted:${event.adjustedAt}`;
  return moved({ kind: 'provider_booking', booking, sourceId, amount, on });
}

/** Each reversal of a transfer by its own id; in one record of old, what is new under the transfer's. */
export function bookingsOfReversal(
  event: EventOf<'PayoutReversed' | 'TransferReversed'>,
): readonly ExpectedMovement[] {
  const on = event.reversedAt.slice(0, DAY_LENGTH);
  const back = (sourceId: string, amount: Money): readonly ExpectedMovement[] =>
    moved({ kind: 'provider_booking', booking: 'reversal', sourceId, amount, on });
  if (event.type === 'TransferReversed') return back(event.providerReversalId, event.amount);
  const { reversals, transferId, totalReversed, amount } = event;
  return reversals === undefined
    ? back(`${transferId}#${totalReversed.amountMinor}`, amount)
    : reversals.flatMap((one) => back(one.providerReversalId, one.amount));
}

const moved = (booking: ExpectedMovement): readonly ExpectedMovement[] =>
  isZero(booking.amount) ? [] : [booking];
