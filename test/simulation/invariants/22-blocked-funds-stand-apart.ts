import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { balancesOf } from './support/balances.ts';
import { openCase } from './support/blocks.ts';
import { escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * At rest the blocked funds of a trade are all that came of it and has not left, in each currency; those of
 * a trade that was let go are none.
 */
export const blockedFundsStandApart = invariant({
  name: '22-blocked-funds-stand-apart',
  number: 22,
  when: 'rest',
  find: (world, report) => {
    for (const { tradeId } of world.trades) checkTrade(world, tradeId, report);
  },
});

function checkTrade(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const cases = new Set(eventsOf(records, 'FundsBlocked').map(({ caseId }) => caseId));
  if (cases.size === 0) return;
  const blocked = balancesOf(world.records, ({ account, scope, currency }) =>
    account === '2190' && scope !== undefined && cases.has(scope) ? currency : undefined,
  );
  if (openCase(records) === undefined) {
    for (const [currency, minor] of blocked) {
      if (minor !== 0n) report(tradeId, `let go, and ${-minor} ${currency} stands on 2190`);
    }
    return;
  }
  const converted = firstOf(records, 'FundsConverted')?.converted;
  if (converted === undefined) return;
  const due = converted.amountMinor - goneOf(world, tradeId);
  const stands = -(blocked.get(converted.currency) ?? 0n);
  if (stands !== due) {
    report(tradeId, `${stands} ${converted.currency} stands on 2190, ${due} has not left`);
  }
}

/** What has left of the trade's own currency: fees, what sellers were sent, what goes back to the buyer. */
function goneOf(world: World, tradeId: string): bigint {
  const records = escrowOf(world, tradeId);
  const fees = eventsOf(records, 'MilestoneReleased').map(({ fee }) => fee.amountMinor);
  const paid = eventsOf(world.records, 'PayoutSettled')
    .filter((payout) => payout.tradeId === tradeId)
    .map(({ amount }) => amount.amountMinor);
  const back = eventsOf(records, 'RefundValued').map(({ held }) => held.amountMinor);
  return [...fees, ...paid, ...back].reduce((sum, minor) => sum + minor, 0n);
}
