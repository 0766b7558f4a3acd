import { createHash } from 'node:crypto';
import { isObject, printableId, text, utcInstant } from '../json-value.ts';
import { type ParsedTracker, parseTracker } from './parse-tracker.ts';

/** What an EasyPost webhook says. `createdAt` is EasyPost's time of the event, for `isFromFuture`. */
export type ParsedWebhook =
  | (ParsedTracker & {
      readonly kind: 'tracker';
      /** The event's id (`evt_…`), by which a repeated delivery is known. */
      readonly deliveryId: string;
      readonly createdAt?: string;
    })
  | {
      readonly kind: 'ignored';
      readonly deliveryId: string;
      /** What the event is about, such as `batch.updated`. */
      readonly description: string;
      readonly createdAt?: string;
    }
  | {
      readonly kind: 'unreadable';
      readonly reason: 'not_json' | 'not_an_event' | 'not_a_tracker';
    };

/**
 * Reads the body of an EasyPost webhook whose signature was checked. It never throws, whatever the
 * body: EasyPost adds fields, statuses and nulls without notice. Where an event has no usable id,
 * the hash of its body stands for it.
 */
export const parseEasyPostWebhook = (rawBody: Uint8Array): ParsedWebhook => {
  const event = parseJson(rawBody);
  if (event === undefined) return { kind: 'unreadable', reason: 'not_json' };
  if (!isObject(event)) return { kind: 'unreadable', reason: 'not_an_event' };
  const description = text(event['description'], 100);
  const createdAt = utcInstant(event['created_at'])?.occurredAt;
  const envelope = {
    deliveryId: printableId(event['id']) ?? sha256(rawBody),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
  if (!isAboutTracker(event, description)) {
    return description === ''
      ? { kind: 'unreadable', reason: 'not_an_event' }
      : { kind: 'ignored', ...envelope, description };
  }
  const tracker = parseTracker(event['result']);
  return tracker === undefined
    ? { kind: 'unreadable', reason: 'not_a_tracker' }
    : { kind: 'tracker', ...envelope, ...tracker };
};

const isAboutTracker = (
  { result }: Readonly<Record<string, unknown>>,
  description: string,
): boolean =>
  description.startsWith('tracker.') ||
  (description === '' && isObject(result) && result['object'] === 'Tracker');

/** Undefined where the bytes are not JSON; JSON itself has no undefined. */
const parseJson = (rawBody: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(rawBody));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
