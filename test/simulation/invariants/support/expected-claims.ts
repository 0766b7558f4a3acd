import type { RefundValuation } from '../../../../events/escrow/refund-canceled.v1.ts';
import type { RefundBooking } from '../../../../events/escrow/refund-settled.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';
import type { Money } from '../../../../src/money/money.ts';
import type { EventOf } from './history.ts';
import { credit, debit, type Entry, minus } from './legs.ts';

/** The rows of docs/ledger.md about refunds and chargebacks; undefined for other events. */
export function expectedOfClaim(event: TradelaneEvent): readonly Entry[] | undefined {
  switch (event.type) {
    case 'RefundValued':
      return [refundInitiated(event, event)];
    case 'RefundCredited':
      return refundCredited(event.booking);
    case 'RefundSettled':
      return refundSettled(event.refundId, event.booking);
    case 'RefundFailed':
      return event.returned === undefined
        ? []
        : refundSettled(event.refundId, event.returned, {
            ...{ gone: 'refund_returned', debit: credit, credit: debit },
          });
    case 'RefundCanceled':
      return event.valuation === undefined
        ? []
        : [refundInitiated(event, event.valuation, CANCELED)];
    case 'ChargebackOpened':
    case 'ChargebackAdjusted':
    case 'ChargebackWon':
    case 'ChargebackLost':
      return [...chargeback(event)];
    default:
      return undefined;
  }
}

const plus = (left: Money, right: Money): Money => ({
  currency: left.currency,
  amountMinor: left.amountMinor + right.amountMinor,
});

type Side = typeof debit;

const CANCELED = { kind: 'refund_canceled', debit: credit, credit: debit };

/** Another kind and the sides exchanged is the same entry, reversed. */
function refundInitiated(
  { tradeId, refundId }: { readonly tradeId: string; readonly refundId: string },
  { sellerId, amount, held, net, fee, midValue, spread, unapplied }: RefundValuation,
  sides: { readonly kind: string; readonly debit: Side; readonly credit: Side } = {
    ...{ kind: 'refund_initiated', debit, credit },
  },
): Entry {
  const { kind } = sides;
  if (unapplied) {
    const legs = [sides.debit('2000', amount, tradeId), sides.credit('2310', amount, refundId)];
    return { kind, legs };
  }
  const sources = [
    sides.debit('2100', held, tradeId),
    sides.debit('1310', net, sellerId),
    sides.debit('4000', fee),
  ];
  const owed = plus(plus(held, net), fee);
  const due = sides.credit('2310', amount, refundId);
  if (amount.currency === held.currency) {
    return { kind, legs: [...sources, due, sides.credit('5200', minus(owed, amount))] };
  }
  const result = sides.credit('5200', minus(plus(midValue, spread), amount));
  const crossed = [
    sides.credit('1400', owed),
    sides.debit('1400', midValue),
    sides.debit('4100', spread),
  ];
  return { kind, legs: [...sources, ...crossed, due, result] };
}

/** What lies on the buyer's cash balance is owed as before; the provider's balance no longer has it. */
const refundCredited = (booking: RefundBooking): readonly Entry[] =>
  refundGone(debit('1120', booking.amount), booking, { gone: 'refund_credited', debit, credit });

function refundSettled(
  refundId: string,
  booking: RefundBooking,
  sides: { readonly gone: string; readonly debit: Side; readonly credit: Side } = {
    ...{ gone: 'refund_settled', debit, credit },
  },
): readonly Entry[] {
  const { amount, from } = booking;
  const owed = sides.debit('2310', amount, refundId);
  if (from === 'bank') return [];
  return from === 'cash_balance'
    ? [{ kind: sides.gone, legs: [owed, sides.credit('1120', amount)] }]
    : refundGone(owed, booking, sides);
}

/** What has left the provider's balance, against where it is now. */
function refundGone(
  there: ReturnType<Side>,
  { amount, owed, midValue, debited }: RefundBooking,
  sides: { readonly gone: string; readonly debit: Side; readonly credit: Side },
): readonly Entry[] {
  const kind = sides.gone;
  const gone = [there, sides.credit('1100', debited)];
  if (amount.currency === debited.currency) return [{ kind, legs: gone }];
  const crossed = [sides.credit('1400', amount), sides.debit('1400', debited)];
  const bought: Entry = { kind, legs: [...gone, ...crossed] };
  if (debited.currency !== owed.currency) return [bought];
  const beyond = minus(amount, midValue);
  const saved = minus(owed, debited);
  const legs = [sides.debit('1400', beyond), sides.credit('5200', beyond)];
  const closed = [...legs, sides.debit('1400', saved), sides.credit('5200', saved)];
  return [bought, { kind: 'refund_realized', legs: closed }];
}

type ChargebackEvent =
  | EventOf<'ChargebackOpened'>
  | EventOf<'ChargebackAdjusted'>
  | EventOf<'ChargebackWon'>
  | EventOf<'ChargebackLost'>;

/** What the bank took stands on 1300 until it has ended, then with whoever bears it. */
function chargeback(event: ChargebackEvent): readonly Entry[] {
  const { chargebackId } = event;
  switch (event.type) {
    case 'ChargebackOpened': {
      const { withdrawn, fee } = event;
      const legs = [debit('1300', withdrawn, chargebackId), debit('5110', fee)];
      return [{ kind: 'chargeback_opened', legs: [...legs, credit('1100', plus(withdrawn, fee))] }];
    }
    case 'ChargebackAdjusted': {
      const { withdrawn, reinstated, fee, isClosed } = event;
      const [account, scope] = isClosed ? ['5100', undefined] : ['1300', chargebackId];
      const taken = [debit(account, withdrawn, scope), credit('1100', withdrawn)];
      const given = [debit('1100', reinstated), credit(account, reinstated, scope)];
      return [
        { kind: 'chargeback_withdrawn', legs: taken },
        { kind: 'chargeback_reinstated', legs: given },
        { kind: 'chargeback_fee', legs: [debit('5110', fee), credit('1100', fee)] },
      ];
    }
    case 'ChargebackWon': {
      const { residual } = event;
      const legs = [debit('5200', residual), credit('1300', residual, chargebackId)];
      return [{ kind: 'chargeback_won', legs }];
    }
    case 'ChargebackLost':
      return [chargebackLost(event)];
  }
}

function chargebackLost(event: EventOf<'ChargebackLost'>): Entry {
  const { tradeId, sellerId, chargebackId, held, released, withdrawn, value, spread } = event;
  const kind = 'chargeback_lost';
  const sources = [debit('2100', held, tradeId), debit('1310', released, sellerId)];
  const gone = credit('1300', withdrawn, chargebackId);
  const owed = plus(held, released);
  const borneBy = released.amountMinor > 0n ? '5100' : '5200';
  if (withdrawn.currency === owed.currency) {
    return { kind, legs: [...sources, gone, debit(borneBy, minus(withdrawn, owed))] };
  }
  const isGiven = spread.currency === withdrawn.currency;
  const beyond = minus(withdrawn, value);
  const crossed = [credit('1400', owed), debit('1400', value)];
  const rest = debit(borneBy, isGiven ? minus(beyond, spread) : beyond);
  return {
    kind,
    legs: [...sources, ...crossed, ...(isGiven ? [debit('4100', spread)] : []), gone, rest],
  };
}
