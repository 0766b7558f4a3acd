import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../events/index.ts';
import { fromItem, toItem } from '../../../src/adapters/dynamodb/record-item.ts';
import type { RecordStore } from '../../../src/ledger/journaled-store.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_APPEND, AWS_READ } from './aws-errors.ts';

/**
 * The events table: one conditional write on (stream, sequence), one consistent query of a stream.
 * What is written goes through the real item format and schema, and comes back as they read it.
 */
export type EventsTable = {
  readonly storeFor: <E extends TradelaneEvent>(task: Task) => RecordStore<E>;
  readonly records: readonly TradelaneRecord[];
  readonly streams: ReadonlyMap<string, readonly TradelaneRecord[]>;
  readonly counts: { loads: number; appends: number; conflicts: number };
};

export function createEventsTable(
  sim: Sim,
  onAppended: (record: TradelaneRecord) => void,
): EventsTable {
  const records: TradelaneRecord[] = [];
  const streams = new Map<string, TradelaneRecord[]>();
  const counts = { loads: 0, appends: 0, conflicts: 0 };

  const put = (record: EventRecord<TradelaneEvent>): 'appended' | 'conflict' => {
    const stream = streams.get(record.streamId) ?? [];
    if (stream.some(({ sequence }) => sequence === record.sequence)) {
      counts.conflicts += 1;
      return 'conflict';
    }
    const stored = fromItem(toItem(record));
    // A query answers in the order of the sort key, whatever the order of the writes was.
    const before = stream.filter(({ sequence }) => sequence < stored.sequence);
    streams.set(record.streamId, [...before, stored, ...stream.slice(before.length)]);
    counts.appends += 1;
    records.push(stored);
    sim.changes().appended.push(stored);
    onAppended(stored);
    return 'appended';
  };

  return {
    records,
    streams,
    counts,
    storeFor: <E extends TradelaneEvent>(task: Task): RecordStore<E> => ({
      load: (streamId) =>
        sim.calls.call(task, {
          kind: 'events.load',
          subject: streamId,
          faults: AWS_READ,
          effect: () => {
            counts.loads += 1;
            return (streams.get(streamId) ??
              []) as readonly EventRecord<TradelaneEvent>[] as readonly EventRecord<E>[];
          },
        }),
      append: (record) =>
        sim.calls.call<'appended' | 'conflict'>(task, {
          kind: 'events.append',
          subject: `${record.streamId} ${record.sequence} ${record.events.map(({ type }) => type).join('+')}`,
          faults: AWS_APPEND,
          selfConflict: 'conflict',
          effect: () => put(record),
        }),
    }),
  };
}
