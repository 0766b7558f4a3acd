import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { escrowOf, eventsOf, firstOf } from './support/history.ts';

/**
 * A trade's money is taken once and goes one way once: each milestone is released and its payout
 * decided at most once, releases never pass what is held, and a trade that was closed unpaid has no
 * money, neither in our books nor at the provider.
 */
export const holdResolvedOnce = invariant({
  name: '03-hold-resolved-once',
  number: 3,
  when: 'step',
  find: (world, report) => {
    for (const { tradeId } of world.step.charges) {
      if (tradeId !== null) checkClosed(world, tradeId, report);
    }
    for (const { streamId, tradeId, events } of world.step.appended) {
      if (streamId.startsWith('escrow#')) checkEscrow(world, tradeId, report);
      for (const event of events) {
        if (event.type === 'PayoutRequested') checkPayouts(world, event, report);
      }
    }
  },
});

function checkEscrow(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const funded = eventsOf(records, 'EscrowFunded').length;
  if (funded > 1) report(tradeId, `funded ${funded} times`);
  const milestones = new Set<string>();
  let released = 0n;
  for (const { milestoneId, amount } of eventsOf(records, 'MilestoneReleased')) {
    if (milestones.has(milestoneId)) report(tradeId, `milestone ${milestoneId} released twice`);
    milestones.add(milestoneId);
    released += amount.amountMinor;
  }
  const held = firstOf(records, 'FundsConverted')?.converted.amountMinor ?? 0n;
  if (released > held) report(tradeId, `released ${released} of ${held} held`);
  checkClosed(world, tradeId, report);
}

/** The provider decides between a cancellation and a payment; whoever lost has no effect. */
function checkClosed(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const isClosed =
    firstOf(records, 'TradeCanceled') !== undefined ||
    firstOf(records, 'TradeExpired') !== undefined;
  if (!isClosed) return;
  if (firstOf(records, 'EscrowFunded') !== undefined) report(tradeId, 'both funded and closed');
  for (const { tradeId: owner, id, status } of world.stripe.intents.values()) {
    if (owner === tradeId && status !== 'canceled') {
      report(tradeId, `closed while ${id} is ${status} at the provider`);
    }
  }
}

function checkPayouts(
  { records }: World,
  { tradeId, milestoneId }: { readonly tradeId: string; readonly milestoneId: string },
  report: Report,
): void {
  const decided = eventsOf(records, 'PayoutRequested').filter(
    (payout) => payout.tradeId === tradeId && payout.milestoneId === milestoneId,
  );
  if (decided.length > 1) report(tradeId, `${decided.length} payouts of ${milestoneId}`);
}
