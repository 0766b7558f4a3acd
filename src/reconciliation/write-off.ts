import type { BreakWrittenOff } from '../../events/reconciliation/break-written-off.v1.ts';
import type { BreakFacts } from './break-state.ts';

export type WriteOffPosting = NonNullable<BreakWrittenOff['posting']>;

/**
 * Where a difference is written off: the account that is wrong by it, and who bears it. Undefined where
 * the books hold nothing that could be: a payout that the bank has not debited is still in transit, a
 * total or a statement is not a movement.
 */
export function writeOffPosting({ rec, left, right }: BreakFacts): WriteOffPosting | undefined {
  switch (rec) {
    case 'A':
      return { asset: '1100', against: '5000' };
    case 'C':
      // A payout that never came is still the provider's in the books.
      return { asset: right.length === 0 ? '1100' : '1200', against: '5500' };
    case 'D':
      return onBank(left, right, 'payout_sent:');
    case 'E':
      return suspended(left, right);
    case 'G':
      return { asset: '1200', against: '5200' };
    default:
      return undefined;
  }
}

/** What is only on its way to being booked is not written off: the line that books it has not come. */
const onBank = (
  left: readonly string[],
  right: readonly string[],
  unbooked: string,
): WriteOffPosting | undefined =>
  right.length === 0 && left.every((id) => id.startsWith(unbooked))
    ? undefined
    : { asset: '1200', against: '5500' };

/** What nobody expected lies in suspense under its line; what was expected is on the bank account. */
function suspended(
  left: readonly string[],
  [scope]: readonly string[],
): WriteOffPosting | undefined {
  return left.length === 0 && scope !== undefined
    ? { asset: '2900', against: '5500', scope }
    : onBank(left, scope === undefined ? [] : [scope], 'transfer_awaited:');
}
