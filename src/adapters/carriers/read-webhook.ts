import { createHash } from 'node:crypto';
import type { TrackingReceived } from '../../../events/messages/tracking-received.v1.ts';
import type { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { decodePayload } from './decode.ts';
import { dated } from './parcel.ts';
import type { CarrierParser, CarrierReading, ParsedParcel, Tracking } from './reading.ts';
import type { SignedRequest, Verifier } from './signature.ts';

export type CarrierWebhookReading =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | {
      readonly kind: 'queue';
      readonly messages: readonly (TrackingReceived | WebhookUnreadable)[];
      /** What the webhook itself shows to be wrong, and was left out. */
      readonly warning?: string;
    };

/**
 * Reads a carrier's webhook: refused unless it is verified, ignored unless it is about tracking,
 * else one message for each tracker that it tells of, in canonical terms. What a webhook itself
 * shows to be wrong (a number used again, say) was left out by its parser, and is warned of.
 */
export async function readCarrierWebhook(
  {
    provider,
    verify,
    parse,
  }: {
    readonly provider: string;
    readonly verify: Verifier;
    readonly parse: CarrierParser;
  },
  request: SignedRequest,
): Promise<CarrierWebhookReading> {
  const check = await verify(request);
  if (!check.ok) return { kind: 'refused', reason: check.reason };
  const { rawBody, now } = request;
  const bodySha256 = createHash('sha256').update(rawBody).digest('hex');
  const received = { provider, receivedAt: now.toISOString() };
  const reading = readingOf(rawBody, parse);
  switch (reading.kind) {
    case 'ignored':
      return { kind: 'ignored', what: reading.what };
    case 'unreadable': {
      const { reason } = reading;
      return {
        kind: 'queue',
        messages: [{ kind: 'webhook_unreadable', version: 1, ...received, bodySha256, reason }],
      };
    }
    case 'tracking':
      if (!reading.parcels.some(({ events }) => dated(events).length > 0)) {
        return { kind: 'ignored', what: 'tracking without a scan' };
      }
      return {
        kind: 'queue',
        messages: messagesOf(reading, {
          ...received,
          deliveryId: reading.deliveryId ?? bodySha256,
        }).map((message) => (check.unsigned === true ? unsigned(message) : message)),
        ...(reading.flags.length === 0 ? {} : { warning: reading.flags.join(' ') }),
      };
    default: {
      const unknownReading: never = reading;
      return unknownReading;
    }
  }
}

/** Each scan keeps the mark, for it outlives its message: no money moves on its word alone. */
const unsigned = (message: TrackingReceived): TrackingReceived => ({
  ...message,
  scans: message.scans.map((scan) => ({ ...scan, unsigned: true })),
});

const readingOf = (rawBody: Uint8Array, parse: CarrierParser): CarrierReading => {
  const decoded = decodePayload(rawBody);
  return decoded.kind === 'decoded'
    ? parse(decoded.value)
    : { kind: 'unreadable', reason: decoded.reason };
};

/** So many scans, at their longest, are less than a queue's message may hold. */
const MOST_SCANS = 250;
/** What an id may hold, less the number of a part. */
const LONGEST_ID = 120;

/**
 * One message for each tracker; where it follows several parcels, each scan names its own. A history
 * too long for one message is told in several, which may come in any order.
 */
const messagesOf = (
  { parcels }: Tracking,
  told: Pick<TrackingReceived, 'provider' | 'deliveryId' | 'receivedAt'>,
): readonly TrackingReceived[] =>
  [...Map.groupBy(parcels, ({ trackerId }) => trackerId)].flatMap(([trackerId, followed]) => {
    const [{ trackingNumber } = { trackingNumber: undefined }] = followed;
    const scans = followed.flatMap((one) => scansOf(one, followed.length > 1));
    return Array.from({ length: Math.max(1, Math.ceil(scans.length / MOST_SCANS)) }, (_, part) => ({
      kind: 'tracking_received',
      version: 1,
      ...told,
      ...(part === 0 ? {} : { deliveryId: `${told.deliveryId.slice(0, LONGEST_ID)}.${part}` }),
      trackerId,
      ...(followed.length > 1 || trackingNumber === undefined ? {} : { trackingNumber }),
      scans: scans.slice(part * MOST_SCANS, (part + 1) * MOST_SCANS),
    }));
  });

const scansOf = ({ parcel, events }: ParsedParcel, isOneOfSeveral: boolean) =>
  dated(events).map((event) => (isOneOfSeveral ? { ...event, parcel } : event));
