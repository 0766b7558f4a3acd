import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../events/index.ts';
import { fromItem, type Item, toItem } from '../../../src/adapters/dynamodb/record-item.ts';
import type { RecordStore } from '../../../src/ledger/journaled-store.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_APPEND, AWS_READ } from './aws-errors.ts';
import { inNextVersion } from './next-release.ts';

/**
 * The events table: one conditional write on (stream, sequence), one consistent query of a stream.
 * What is written goes through the real item format and schema, and comes back as they read it.
 */
export type EventsTable = {
  readonly storeFor: <E extends TradelaneEvent>(task: Task) => RecordStore<E>;
  /** A stored record as a function of its release reads it; throws where it can't. */
  readonly readBy: (task: Task, record: TradelaneRecord) => TradelaneRecord;
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
  const unreadable = new Map<string, Unreadable[]>();
  /** Records that the next release wrote. */
  const nextRecords = new Set<TradelaneRecord>();
  const counts = { loads: 0, appends: 0, conflicts: 0 };

  const isTaken = ({ streamId, sequence }: EventRecord<TradelaneEvent>): boolean =>
    [...(streams.get(streamId) ?? []), ...(unreadable.get(streamId) ?? [])].some(
      (stored) => stored.sequence === sequence,
    );

  const put = ({ isNext }: Task, record: EventRecord<TradelaneEvent>): 'appended' | 'conflict' => {
    if (isTaken(record)) {
      counts.conflicts += 1;
      return 'conflict';
    }
    counts.appends += 1;
    const { streamId, sequence } = record;
    const stored = roundTrip(record);
    if ('error' in stored) {
      const { error } = stored;
      unreadable.set(streamId, [...(unreadable.get(streamId) ?? []), { sequence, error }]);
      return 'appended';
    }
    // A query answers in the order of the sort key, whatever the order of the writes was.
    const stream = [...(streams.get(streamId) ?? []), stored];
    streams.set(
      streamId,
      stream.sort((left, right) => left.sequence - right.sequence),
    );
    records.push(stored);
    if (isNext) nextRecords.add(stored);
    sim.changes().appended.push(stored);
    onAppended(stored);
    return 'appended';
  };

  const readBy = ({ isNext }: Task, record: TradelaneRecord): TradelaneRecord =>
    isNext || !nextRecords.has(record) ? record : fromItem(nextItem(record));

  const load = (task: Task, streamId: string): readonly TradelaneRecord[] => {
    counts.loads += 1;
    const [first] = unreadable.get(streamId) ?? [];
    if (first !== undefined) throw first.error;
    const stream = streams.get(streamId) ?? [];
    return nextRecords.size === 0 ? stream : stream.map((record) => readBy(task, record));
  };

  return {
    readBy,
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
            const records: readonly unknown[] = load(task, streamId);
            return records as readonly EventRecord<E>[];
          },
        }),
      append: (record) =>
        sim.calls.call<'appended' | 'conflict'>(task, {
          kind: 'events.append',
          subject: subjectOf(record),
          faults: AWS_APPEND,
          selfConflict: 'conflict',
          effect: () => put(task, record),
        }),
    }),
  };
}

/** A record that no schema reads: it holds its place, and whoever loads its stream fails. */
type Unreadable = { readonly sequence: number; readonly error: unknown };

/** The item as the next release wrote it. */
function nextItem(record: TradelaneRecord): Item {
  const { events, ...item } = toItem(record);
  return { ...item, events: { S: inNextVersion(events?.S ?? '') } };
}

const subjectOf = ({ streamId, sequence, events }: EventRecord<TradelaneEvent>): string =>
  `${streamId} ${sequence} ${events.map(({ type }) => type).join('+')}`;

function roundTrip(
  record: EventRecord<TradelaneEvent>,
): TradelaneRecord | { readonly error: unknown } {
  try {
    return fromItem(toItem(record));
  } catch (error) {
    return { error };
  }
}
