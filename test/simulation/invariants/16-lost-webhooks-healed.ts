import { invariant } from './invariant.ts';
import { HANDLED, isApplied } from './support/applied.ts';
import { tradeOfBody, tradeOfStripeObject } from './support/messages.ts';

/**
 * An event of Stripe's that no endpoint of ours ever took is found all the same, by the sweeper or by
 * a deadline: what it tells is in the books, or on a dead-letter queue with a reason.
 */
export const lostWebhooksHealed = invariant({
  name: '16-lost-webhooks-healed',
  number: 16,
  when: 'rest',
  find: (world, report) => {
    const dead = new Set(world.deadLetters.map(({ body }) => tradeOfBody(world, body)));
    for (const { id, type, objectId, isDelivered } of world.stripe.log) {
      if (isDelivered || !HANDLED.has(type)) continue;
      const tradeId = tradeOfStripeObject(world, objectId);
      if (dead.has(tradeId) || isApplied(world, { eventType: type, objectId })) continue;
      report(tradeId, `${id}, ${type} of ${objectId}, was lost and never found`);
    }
  },
});
