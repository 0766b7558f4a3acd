import type { RefundValuation } from '../../events/escrow/refund-canceled.v1.ts';
import type { RefundBooking } from '../../events/escrow/refund-settled.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import type { JournalEntry, JournalLeg } from '../../events/ledger/journal-entry.v1.ts';
import { add, subtract } from '../money/money.ts';
import { credit, debit, entry } from './journal.ts';

export type RefundEvent = Extract<
  EscrowEvent,
  {
    type: 'RefundValued' | 'RefundCanceled' | 'RefundCredited' | 'RefundSettled' | 'RefundFailed';
  }
>;

/** Money that goes back to the buyer: owed from when it is valued, gone once the provider says so. */
export function refundEntries(event: RefundEvent): readonly (JournalEntry | undefined)[] {
  switch (event.type) {
    case 'RefundValued':
      return [entry('refund_initiated', ...initiated(event, event))];
    case 'RefundCanceled':
      return event.valuation === undefined
        ? []
        : [entry('refund_canceled', ...reversed(initiated(event, event.valuation)))];
    case 'RefundCredited':
      return [
        entry('refund_credited', ...credited(event.booking)),
        entry('refund_realized', ...realized(event.booking)),
      ];
    case 'RefundSettled':
      return [
        entry('refund_settled', ...settled(event.refundId, event.booking)),
        entry('refund_realized', ...realized(event.booking)),
      ];
    case 'RefundFailed':
      return event.returned === undefined
        ? []
        : [
            entry('refund_returned', ...reversed(settled(event.refundId, event.returned))),
            entry('refund_realized', ...reversed(realized(event.returned))),
          ];
  }
}

const reversed = (legs: readonly JournalLeg[]): readonly JournalLeg[] =>
  legs.map((leg) => ({ ...leg, amountMinor: -leg.amountMinor }));

/**
 * The buyer gets back what was charged; who sold the goods bears none of the exchange. What the
 * platform gives beyond today's worth, or saves, is its gain or loss.
 */
function initiated(
  { tradeId, refundId }: { readonly tradeId: string; readonly refundId: string },
  { sellerId, amount, held, net, fee, midValue, spread, unapplied }: RefundValuation,
): readonly JournalLeg[] {
  if (unapplied) return [debit('2000', amount, tradeId), credit('2310', amount, refundId)];
  const owed = add(add(held, net), fee);
  const sources = [debit('2100', held, tradeId), debit('1310', net, sellerId), debit('4000', fee)];
  if (amount.currency === owed.currency) {
    const result = subtract(owed, amount);
    return [...sources, credit('2310', amount, refundId), credit('5200', result)];
  }
  const result = subtract(add(midValue, spread), amount);
  return [
    ...sources,
    credit('1400', owed),
    debit('1400', midValue),
    debit('4100', spread),
    credit('2310', amount, refundId),
    credit('5200', result),
  ];
}

/**
 * Where the provider settles in another currency, it buys what the buyer gets back for us. A refund
 * by bank is booked with the movement that paid it.
 */
function settled(
  refundId: string,
  { amount, debited, fee, from }: RefundBooking,
): readonly JournalLeg[] {
  if (from === 'bank') return [];
  if (from === 'cash_balance') return [debit('2310', amount, refundId), credit('1120', amount)];
  return [debit('2310', amount, refundId), ...takenOfBalance({ amount, debited, fee })];
}

/** What has left our balance at the provider and lies on the buyer's cash balance: it is owed as before. */
const credited = ({ amount, debited, fee }: RefundBooking): readonly JournalLeg[] => [
  debit('1120', amount),
  ...takenOfBalance({ amount, debited, fee }),
];

const takenOfBalance = ({
  amount,
  debited,
  fee,
}: Pick<RefundBooking, 'amount' | 'debited' | 'fee'>): readonly JournalLeg[] => [
  ...(amount.currency === debited.currency ? [] : [credit('1400', amount), debit('1400', debited)]),
  credit('1100', debited),
  debit('5000', fee),
  credit('1100', fee),
];

/** The provider's own conversion was the cover: what it leaves of the position is closed. */
function realized({ amount, owed, midValue, debited, from }: RefundBooking): readonly JournalLeg[] {
  const isConverted = amount.currency !== debited.currency && debited.currency === owed.currency;
  if (from !== undefined || !isConverted) return [];
  const boughtBeyondMid = subtract(amount, midValue);
  const savedOfOwed = subtract(owed, debited);
  return [
    debit('1400', boughtBeyondMid),
    credit('5200', boughtBeyondMid),
    debit('1400', savedOfOwed),
    credit('5200', savedOfOwed),
  ];
}
