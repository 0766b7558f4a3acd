import * as z from 'zod/mini';
import { readStripeEvent } from './read-event.ts';
import { readChange, type StripeWebhookReading } from './read-webhook.ts';

/**
 * An event as Stripe's partner source hands it to EventBridge, and a rule to our queue. It is not
 * signed: what may send to the queue is decided by its policy
 * (docs.stripe.com/event-destinations/eventbridge).
 */
export const StripeEventBridgeEnvelope = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  source: z.string().check(z.regex(/^aws\.partner\/stripe\.com(\/|$)/)),
  'detail-type': z.string().check(z.minLength(1), z.maxLength(128)),
  detail: z.unknown(),
});
export type StripeEventBridgeEnvelope = z.infer<typeof StripeEventBridgeEnvelope>;

/** Reads the event in an envelope, as a webhook is read once its signature is verified. */
export function readStripeEnvelope(
  envelope: StripeEventBridgeEnvelope,
  facts: { readonly livemode: boolean; readonly now: Date },
): StripeWebhookReading {
  const change = readStripeEvent(envelope.detail);
  return change === undefined
    ? { kind: 'refused', reason: 'not_an_event' }
    : readChange(change, facts);
}
