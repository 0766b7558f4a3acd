import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * A trade that a charge and receipts have funded together has of each what came that way, and of both what
 * was due. No more goes back by either than came by it, and what was too much goes back.
 */
export const twoWaysMakeTheWhole = invariant({
  name: '01-two-ways-make-the-whole',
  number: 1,
  when: 'rest',
  find: (world, report) => {
    for (const { tradeId } of world.trades) {
      const funded = firstOf(escrowOf(world, tradeId), 'EscrowFunded');
      if (funded?.byReceipts !== undefined) checkTrade(world, funded, report);
    }
  },
});

type Sums = { readonly amountMinor: bigint };

const sum = (amounts: readonly { readonly amount: Sums }[]): bigint =>
  amounts.reduce((total, { amount }) => total + amount.amountMinor, 0n);

function checkTrade(world: World, funded: EventOf<'EscrowFunded'>, report: Report): void {
  const { tradeId, received, chargeId } = funded;
  const records = escrowOf(world, tradeId);
  const due = firstOf(records, 'TradeOpened')?.quote.sell.amountMinor ?? 0n;
  const charged = sum(world.stripe.charges.filter(({ id }) => id === chargeId));
  const receipts = eventsOf(world.records, 'ReceiptIdentified').filter(
    (receipt) => receipt.tradeId === tradeId,
  );
  const byBank = sum(receipts);
  const settled = new Set(eventsOf(records, 'RefundSettled').map(({ refundId }) => refundId));
  const back = eventsOf(records, 'RefundRequested').filter(({ refundId }) => settled.has(refundId));
  const backByBank = sum(back.filter(({ from }) => from === 'bank'));
  const backByCharge = sum(back.filter(({ from }) => from === undefined));
  const unneeded = sum(
    back.filter(({ reason, from }) => reason === 'overpayment' && from !== 'cash_balance'),
  );
  if (received.amountMinor > charged + byBank) {
    report(tradeId, `funded with ${received.amountMinor}; ${charged} and ${byBank} came`);
  }
  if (charged + byBank - unneeded !== due) {
    report(tradeId, `${charged} and ${byBank} came, ${unneeded} was too much, ${due} was due`);
  }
  if (backByBank > byBank) report(tradeId, `${backByBank} goes back by bank, ${byBank} came`);
  if (backByCharge > charged) {
    report(tradeId, `${backByCharge} goes back of the charge, ${charged} came`);
  }
}
