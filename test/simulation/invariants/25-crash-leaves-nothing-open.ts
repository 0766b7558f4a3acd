import { invariant } from './invariant.ts';

/**
 * Wherever a function died, what it had begun is taken up again: at rest no request, webhook or
 * batch is open. That the other invariants hold after a crash at any await is what
 * `npm run simulate -- --enumerate` tries, one await after another.
 */
export const crashLeavesNothingOpen = invariant({
  name: '25-crash-leaves-nothing-open',
  number: 25,
  when: 'rest',
  find: (world, report) => {
    for (const { path, requestId, tradeId, status } of world.apiCalls) {
      if (status === 'open') report(tradeId, `${requestId} to ${path} was never answered`);
    }
    for (const { provider, eventId, status } of world.webhooks) {
      if (status === 'open') report(null, `${eventId} of ${provider} was never answered`);
    }
    const unrouted = world.unroutedRecords();
    if (unrouted > 0) report(null, `${unrouted} records are with a router that died`);
  },
});
