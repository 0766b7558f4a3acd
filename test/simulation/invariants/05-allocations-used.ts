import { invariant } from './invariant.ts';
import { openCase } from './support/blocks.ts';
import { escrowOf, eventsOf } from './support/history.ts';

/**
 * What was set aside for an attempt of a payout, credits and debts of the seller, is used by that attempt
 * or given back: at rest nothing is set aside for nobody. The end of a block may still use it.
 */
export const allocationsUsed = invariant({
  name: '05-allocations-used',
  number: 5,
  when: 'rest',
  find: (world, report) => {
    const ended = new Set(
      world.records
        .flatMap(({ events }) => events)
        .map((event) =>
          event.type !== 'SellerPayoutAllocated' && 'allocationId' in event
            ? event.allocationId
            : undefined,
        ),
    );
    for (const record of world.records) {
      for (const { allocationId } of eventsOf([record], 'SellerPayoutAllocated')) {
        const { tradeId } = record;
        const isBlocked = openCase(escrowOf(world, tradeId)) !== undefined;
        if (!ended.has(allocationId) && !isBlocked) {
          report(tradeId, `${allocationId} is set aside for an attempt that does without`);
        }
      }
    }
  },
});
