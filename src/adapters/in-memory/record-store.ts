import type { TradelaneEvent } from '../../../events/index.ts';
import type { RecordStore } from '../../ledger/journaled-store.ts';
import type { EventRecord } from '../../platform/event-store.ts';
import { fromItem, type Item, toItem } from '../dynamodb/record-item.ts';

/** Reads a stored item the first time it is asked for, as the database's reader would, and once. */
function reader<E extends TradelaneEvent>(item: Item): () => EventRecord<E> {
  let record: unknown;
  return () => {
    record ??= fromItem(item);
    return record as EventRecord<E>;
  };
}

/**
 * The event store without a database: the same promises, kept for one process. A record is stored
 * as the item that the table would hold and read back through its schema, so nothing survives here
 * that would be lost there. `all` answers every record in the order of its append.
 */
export function inMemoryRecordStore<E extends TradelaneEvent>(): RecordStore<E> & {
  readonly all: () => readonly EventRecord<E>[];
} {
  const streams = new Map<string, Map<number, () => EventRecord<E>>>();
  const appended: (() => EventRecord<E>)[] = [];
  return {
    load: async (streamId) =>
      [...(streams.get(streamId) ?? [])]
        .sort(([left], [right]) => left - right)
        .map(([, read]) => read()),
    append: async (record) => {
      const stream = streams.get(record.streamId) ?? new Map<number, () => EventRecord<E>>();
      if (stream.has(record.sequence)) return 'conflict';
      const read = reader<E>(toItem(record));
      streams.set(record.streamId, stream.set(record.sequence, read));
      appended.push(read);
      return 'appended';
    },
    all: () => appended.map((read) => read()),
  };
}
