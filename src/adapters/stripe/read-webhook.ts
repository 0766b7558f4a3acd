import { createHash } from 'node:crypto';
import {
  type StripeEventReceived,
  StripeEventType,
} from '../../../events/messages/stripe-event-received.v1.ts';
import type { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { StripeEnvelope, verifyStripeSignature } from './webhook.ts';

export type StripeWebhookReading =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | {
      readonly kind: 'queue';
      readonly messages: readonly (StripeEventReceived | WebhookUnreadable)[];
    };

/**
 * Reads a webhook from Stripe: refused unless its signature and mode are right, ignored unless we
 * act on its type, else reduced to what must be read from Stripe.
 */
export function readStripeWebhook(input: {
  readonly rawBody: Buffer;
  readonly signature: string | undefined;
  readonly secrets: readonly string[];
  readonly livemode: boolean;
  readonly now: Date;
}): StripeWebhookReading {
  const { rawBody, signature, secrets, livemode, now } = input;
  const verdict = verifyStripeSignature({ rawBody, header: signature, secrets, now });
  if (!verdict.ok) return { kind: 'refused', reason: verdict.reason };

  const receivedAt = now.toISOString();
  const envelope = StripeEnvelope.safeParse(jsonOf(rawBody));
  if (!envelope.success) {
    return {
      kind: 'queue',
      messages: [
        {
          kind: 'webhook_unreadable',
          version: 1,
          provider: 'stripe',
          bodySha256: createHash('sha256').update(rawBody).digest('hex'),
          reason: 'not_an_event',
          receivedAt,
        },
      ],
    };
  }
  const { id, type, account, data } = envelope.data;
  if (envelope.data.livemode !== livemode) return { kind: 'refused', reason: 'livemode_mismatch' };
  const eventType = StripeEventType.safeParse(type);
  if (!eventType.success || data.object.id === undefined) return { kind: 'ignored', what: type };
  return {
    kind: 'queue',
    messages: [
      {
        kind: 'stripe_event_received',
        version: 1,
        eventId: id,
        eventType: eventType.data,
        objectId: data.object.id,
        ...(account === undefined ? {} : { account }),
        receivedAt,
      },
    ],
  };
}

/** Undefined where the bytes are not JSON; JSON itself has no undefined. */
function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
