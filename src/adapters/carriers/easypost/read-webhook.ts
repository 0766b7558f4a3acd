import { createHash } from 'node:crypto';
import type { TrackingReceived } from '../../../../events/messages/tracking-received.v1.ts';
import type { WebhookUnreadable } from '../../../../events/messages/webhook-unreadable.v1.ts';
import { observeEasyPostV2 } from './observe-v2.ts';
import { parseEasyPostWebhook } from './parse.ts';
import { isFromFuture, verifyEasyPostSignature } from './verify.ts';

export type EasyPostWebhookReading =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | {
      readonly kind: 'queue';
      readonly messages: readonly (TrackingReceived | WebhookUnreadable)[];
      readonly warning?: string;
    };

/**
 * Reads a webhook from EasyPost: refused unless its signature is right and its time not ahead of
 * ours, ignored unless it is about a tracker, else its scans in canonical terms. EasyPost signs no
 * time, so an old webhook can't be told from a late one: the fold makes either harmless.
 *
 * Its second signature decides nothing. One that is not as we believe it to be made is warned of.
 */
export function readEasyPostWebhook(input: {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly secrets: readonly string[];
  readonly now: Date;
}): EasyPostWebhookReading {
  const { rawBody, headers, secrets, now } = input;
  const check = verifyEasyPostSignature({ rawBody, headers, secrets });
  if (!check.ok) return { kind: 'refused', reason: check.reason };

  const receivedAt = now.toISOString();
  const parsed = parseEasyPostWebhook(rawBody);
  if (parsed.kind === 'unreadable') {
    return {
      kind: 'queue',
      messages: [
        {
          kind: 'webhook_unreadable',
          version: 1,
          provider: 'easypost',
          bodySha256: createHash('sha256').update(rawBody).digest('hex'),
          reason: parsed.reason,
          receivedAt,
        },
      ],
    };
  }
  if (isFromFuture({ createdAt: parsed.createdAt, now }))
    return { kind: 'refused', reason: 'future' };
  if (parsed.kind === 'ignored') return { kind: 'ignored', what: parsed.description };
  const v2 = observeEasyPostV2({ rawBody, headers, secrets });
  return {
    kind: 'queue',
    ...(v2 === 'differs' || v2 === 'incomplete' ? { warning: `signature_v2_${v2}` } : {}),
    messages: [
      {
        kind: 'tracking_received',
        version: 1,
        provider: 'easypost',
        deliveryId: parsed.deliveryId,
        trackerId: parsed.trackerId,
        scans: [...parsed.events],
        receivedAt,
      },
    ],
  };
}
