import { createHash } from 'node:crypto';
import {
  type StripeEventReceived,
  StripeEventType,
} from '../../../events/messages/stripe-event-received.v1.ts';
import type { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { readStripeEvent, type StripeChange } from './read-event.ts';
import { verifyStripeSignature } from './webhook.ts';

/**
 * Stripe posts what happens on the platform's own account to one endpoint and what happens on
 * connected accounts to another, each with secrets of its own.
 */
export type StripeEndpoint = 'platform' | 'connect';

export type StripeWebhookReading =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | {
      readonly kind: 'queue';
      readonly messages: readonly (StripeEventReceived | WebhookUnreadable)[];
      /** What an operator should put right, though the message can be worked as it is. */
      readonly warning?: 'api_version';
    };

/**
 * Reads a webhook from Stripe: refused unless its signature, mode and endpoint are right, ignored
 * unless we act on its type, else reduced to what must be read from Stripe.
 */
export function readStripeWebhook(input: {
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
  /** Those of this endpoint alone. */
  readonly secrets: readonly string[];
  readonly endpoint: StripeEndpoint;
  readonly livemode: boolean;
  readonly now: Date;
}): StripeWebhookReading {
  const { rawBody, signature, secrets, endpoint, livemode, now } = input;
  const verdict = verifyStripeSignature({ rawBody, header: signature, secrets, now });
  if (!verdict.ok) return { kind: 'refused', reason: verdict.reason };

  const change = readStripeEvent(jsonOf(rawBody));
  if (change === undefined) return unreadable(rawBody, now);
  const isConnected = change.account !== undefined;
  if (isConnected !== (endpoint === 'connect')) {
    return { kind: 'refused', reason: 'endpoint_mismatch' };
  }
  return readChange(change, { livemode, now });
}

/** Whether we act on a change, and if so the message that says it. */
export function readChange(
  change: StripeChange,
  { livemode, now }: { readonly livemode: boolean; readonly now: Date },
): StripeWebhookReading {
  const { eventId, type, objectId, account } = change;
  if (change.livemode !== livemode) return { kind: 'refused', reason: 'livemode_mismatch' };
  const eventType = StripeEventType.safeParse(type);
  if (!eventType.success || objectId === undefined) return { kind: 'ignored', what: type };
  // What a seller's balance pays out is the seller's; that it failed is why the seller is not paid.
  const isOwnOnly = OWN_PAYOUTS.has(eventType.data);
  if (isOwnOnly && account !== undefined) return { kind: 'ignored', what: type };
  return {
    kind: 'queue',
    messages: [
      {
        kind: 'stripe_event_received',
        version: 1,
        eventId,
        eventType: eventType.data,
        objectId,
        ...(account === undefined ? {} : { account }),
        receivedAt: now.toISOString(),
      },
    ],
    // Only the type and the id of the payload are used, and those have not changed since 2017.
    ...(change.isOurRelease ? {} : { warning: 'api_version' }),
  };
}

const OWN_PAYOUTS: ReadonlySet<StripeEventType> = new Set([
  ...(['payout.created', 'payout.paid', 'payout.canceled'] as const),
]);

const unreadable = (rawBody: Buffer, now: Date): StripeWebhookReading => ({
  kind: 'queue',
  messages: [
    {
      kind: 'webhook_unreadable',
      version: 1,
      provider: 'stripe',
      bodySha256: createHash('sha256').update(rawBody).digest('hex'),
      reason: 'not_an_event',
      receivedAt: now.toISOString(),
    },
  ],
});

/** Undefined where the bytes are not JSON; JSON itself has no undefined. */
function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
