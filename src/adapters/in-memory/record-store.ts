import type { TradelaneEvent } from '../../../events/index.ts';
import type { RecordStore } from '../../ledger/journaled-store.ts';
import type { EventRecord } from '../../platform/event-store.ts';

/** The event store without a database: the same promises, kept for one process. */
export function inMemoryRecordStore<E extends TradelaneEvent>(): RecordStore<E> & {
  readonly all: () => readonly EventRecord<E>[];
} {
  const streams = new Map<string, EventRecord<E>[]>();
  return {
    load: async (streamId) => [...(streams.get(streamId) ?? [])],
    append: async (record) => {
      const stream = streams.get(record.streamId) ?? [];
      if (stream.some(({ sequence }) => sequence === record.sequence)) return 'conflict';
      const appended = [...stream, record].sort((left, right) => left.sequence - right.sequence);
      streams.set(record.streamId, appended);
      return 'appended';
    },
    all: () => [...streams.values()].flat(),
  };
}
