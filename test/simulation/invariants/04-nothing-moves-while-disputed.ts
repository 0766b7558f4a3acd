import type { TradelaneEvent } from '../../../events/index.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { escrowOf } from './support/history.ts';

/**
 * What the buyer disputes is neither released nor refunded but by the end of the dispute, and the end
 * gives away what was disputed, once.
 */
export const nothingMovesWhileDisputed = invariant({
  name: '04-nothing-moves-while-disputed',
  number: 4,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId } of world.step.appended) {
      if (streamId.startsWith('escrow#')) checkTrade(world, tradeId, report);
    }
  },
});

function checkTrade(world: World, tradeId: string, report: Report): void {
  const open = new Map<string, readonly string[]>();
  for (const { events } of escrowOf(world, tradeId)) {
    for (const event of events) {
      const moved = movedBy(event).find((part) => [...open.values()].flat().includes(part));
      if (moved !== undefined) report(tradeId, `${event.type} of ${moved}, which is disputed`);
      if (event.type === 'DisputeOpened') open.set(event.disputeId, event.milestoneIds);
      if (event.type === 'DisputeClosed' && !open.delete(event.disputeId)) {
        report(tradeId, `${event.disputeId} was closed without being open`);
      }
    }
  }
}

/** The milestones whose money an event gives away. */
function movedBy(event: TradelaneEvent): readonly string[] {
  if (event.type === 'MilestoneReleased') return [event.milestoneId];
  if (event.type !== 'RefundRequested') return [];
  return event.parts
    .filter(({ held }) => held.amountMinor > 0n)
    .map(({ milestoneId }) => milestoneId);
}
