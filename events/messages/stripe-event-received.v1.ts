import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The changes we act on. Every other event is acknowledged, counted and not queued. */
export const StripeEventType = z.enum([
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'payment_intent.partially_funded',
  'cash_balance.funds_available',
  'transfer.created',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'transfer.reversed',
  'account.updated',
  'payout.created',
  'payout.paid',
  'payout.failed',
  'payout.canceled',
]);
export type StripeEventType = z.infer<typeof StripeEventType>;

/**
 * A verified Stripe webhook: which object changed and how, and nothing of its content. The worker
 * reads the object from Stripe; a payload may be old, reordered or of another API version.
 */
export const StripeEventReceived = z.strictObject({
  kind: z.literal('stripe_event_received'),
  version: z.literal(1),
  eventId: opaqueId,
  eventType: StripeEventType,
  objectId: opaqueId,
  account: z.optional(opaqueId),
  receivedAt: instant,
});
export type StripeEventReceived = z.infer<typeof StripeEventReceived>;
