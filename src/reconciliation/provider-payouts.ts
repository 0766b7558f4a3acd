import type { BankStatement } from '../../events/bank/bank-statement.v1.ts';
import type { ReconItem } from './item.ts';
import type { Sides } from './reconcile.ts';
import { bookedLines, itemsOf } from './statement-items.ts';

/**
 * Rec B's sides from a provider's balance: each payout that left it, and the transactions that the
 * provider paid out with it. A payout's transaction is negative on the balance; what it paid out is
 * the opposite, and is what its transactions make, to the last minor unit.
 */
export function payoutSides(statement: BankStatement): Sides {
  const booked = bookedLines(statement);
  const items = itemsOf(statement);
  const left: ReconItem[] = [];
  const right: ReconItem[] = [];
  items.forEach((item, index) => {
    if (item.keys.payoutId === undefined) return;
    // `returned` says that a payment came back; here it is a refund like any other part.
    const { returned: _, ...part } = item;
    if (booked[index]?.transactionCode !== 'payout') right.push(part);
    else left.push({ ...part, amountMinor: -item.amountMinor });
  });
  return { left, right };
}
