import type { TradelaneEvent } from '../../../events/index.ts';
import { invariant } from './invariant.ts';
import { addTo, type Sums } from './support/balances.ts';
import { eventsOf } from './support/history.ts';

/**
 * What a seller owes comes back once: what was taken back of transfers, kept from payouts and given up
 * is never more than the debt.
 */
export const debtsRecoveredOnce = invariant({
  name: '05-debts-recovered-once',
  number: 5,
  when: 'rest',
  find: ({ records }, report) => {
    const recovered: Sums = new Map();
    for (const event of records.flatMap(({ events }) => events)) {
      for (const [debtId, amountMinor] of recoveriesBy(event)) {
        addTo(recovered, debtId, amountMinor);
      }
    }
    for (const { debtId, tradeId, amount } of eventsOf(records, 'SellerDebtRecorded')) {
      const back = recovered.get(debtId) ?? 0n;
      if (back > amount.amountMinor) {
        report(tradeId, `${back} came back of debt ${debtId}, which was ${amount.amountMinor}`);
      }
    }
  },
});

/** What an event recovers of which debts. An allocation only sets aside what a payout then keeps. */
function recoveriesBy(event: TradelaneEvent): readonly (readonly [string, bigint])[] {
  switch (event.type) {
    case 'TransferReversed':
      return [[event.debtId, event.amount.amountMinor - (event.owed?.amountMinor ?? 0n)]];
    case 'SellerDebtWrittenOff':
      return [[event.debtId, event.amount.amountMinor]];
    case 'PayoutRequested':
    case 'PayoutReissued':
    case 'PayoutRolledForward':
    case 'PayoutSetOff':
      return (event.recovered ?? []).map(({ debtId, amount }) => [debtId, amount.amountMinor]);
    default:
      return [];
  }
}
