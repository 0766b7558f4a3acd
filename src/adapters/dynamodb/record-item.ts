import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventRecordSchema, type TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../events/index.ts';
import { CodedError } from '../../platform/errors.ts';
import type { EventRecord } from '../../platform/event-store.ts';
import { toJson } from '../../platform/json.ts';

export type Item = Record<string, AttributeValue>;

const SEQUENCE_DIGITS = 8;

/** Sorts as text the way the numbers do. */
export const sequenceKey = (sequence: number): string =>
  sequence.toString().padStart(SEQUENCE_DIGITS, '0');

/**
 * A record as one item of the events table. Events and journal are JSON text: smaller than
 * attribute maps, which is what a write costs, and read back only through their schema.
 */
export const toItem = (record: EventRecord<TradelaneEvent>): Item => ({
  pk: { S: record.streamId },
  sk: { S: sequenceKey(record.sequence) },
  at: { S: record.recordedAt },
  trade: { S: record.tradeId },
  owner: { S: record.marketplaceId },
  cause: { S: record.cause },
  events: { S: toJson(record.events) },
  ...(record.journal.length === 0 ? {} : { journal: { S: toJson(record.journal) } }),
});

/** @throws CodedError `event_store.unreadable_record` if the item is not a record we can read. */
export function fromItem(item: Item): TradelaneRecord {
  const text = (name: string): string => item[name]?.S ?? '';
  try {
    return EventRecordSchema.parse({
      streamId: text('pk'),
      sequence: Number(text('sk')),
      recordedAt: text('at'),
      tradeId: text('trade'),
      marketplaceId: text('owner'),
      cause: text('cause'),
      events: JSON.parse(text('events')),
      journal: JSON.parse(text('journal') || '[]'),
    });
  } catch (error) {
    throw new CodedError({
      code: 'event_store.unreadable_record',
      message: `${text('pk')} ${text('sk')} is not an event record of a version this code knows.`,
      retryable: false,
      fields: { streamId: text('pk'), sequence: text('sk') },
      cause: error,
    });
  }
}
