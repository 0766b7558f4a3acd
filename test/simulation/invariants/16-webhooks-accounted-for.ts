import type { WebhookDelivery, World } from '../world.ts';
import { invariant } from './invariant.ts';
import { HANDLED, isApplied } from './support/applied.ts';
import { lastFate, tradeOfStripeObject, tradeOfTracker } from './support/messages.ts';

/**
 * A webhook that was answered with 2xx is not lost: it was put on a queue, and what it tells is in
 * the books by now or on a dead-letter queue with a reason.
 */
export const webhooksAccountedFor = invariant({
  name: '16-webhooks-accounted-for',
  number: 16,
  when: 'rest',
  find: (world, report) => {
    for (const delivery of world.webhooks) {
      const { status, forged, eventType, objectId } = delivery;
      if (forged || typeof status !== 'number' || status >= 300 || !HANDLED.has(eventType))
        continue;
      const lost = lostBy(world, delivery);
      if (lost !== undefined) {
        report(tradeOf(world, delivery), `${eventType} of ${objectId} ${lost}`);
      }
    }
  },
});

const tradeOf = (world: World, { provider, objectId }: WebhookDelivery): string | null =>
  provider === 'stripe' ? tradeOfStripeObject(world, objectId) : tradeOfTracker(world, objectId);

/** How an accepted webhook was lost; undefined where it was not. */
function lostBy(world: World, delivery: WebhookDelivery): string | undefined {
  const fates = delivery.messageIds.map((messageId) => lastFate(world, messageId)?.fate);
  if (fates.length === 0) return 'was accepted and put on no queue';
  if (fates.includes('waiting')) return 'still waits on its queue';
  const isAccounted = fates.includes('dead_letter') || isApplied(world, delivery);
  return isAccounted ? undefined : 'was acknowledged and never applied';
}
