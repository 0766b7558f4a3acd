import type { Instruction } from './batch.ts';
import { attemptOf, type PayoutState } from './payout-state.ts';

/**
 * True of a payment of a batch that its payout stands by: the bank is to make it, or has made it. One that
 * failed or came back is owed to the seller again, and another attempt pays it: the bank must not have it.
 * An attempt that was taken back goes on under the next number and with the payment of before, so that what
 * is with the bank is told by its end-to-end id.
 */
export function isStillMeant(
  { attempt, endToEndId }: Pick<Instruction, 'attempt' | 'endToEndId'>,
  state: PayoutState,
): boolean {
  switch (state.status) {
    case 'requested':
      return attemptOf(state) === attempt;
    case 'submitted':
    case 'settled':
      return state.transferId === endToEndId;
    default:
      return false;
  }
}
