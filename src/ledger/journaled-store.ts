import type { TradelaneEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { Decided, EventRecord, EventStore } from '../platform/event-store.ts';
import { assertBalanced } from './journal.ts';
import { journalize } from './journalize.ts';

/** What stores records: one conditional write, one read of a stream, nothing decided. */
export type RecordStore<E> = {
  load(streamId: string): Promise<readonly EventRecord<E>[]>;
  append(record: EventRecord<E>): Promise<'appended' | 'conflict'>;
};

const checked = (journal: readonly JournalEntry[]): readonly JournalEntry[] => {
  journal.forEach(assertBalanced);
  return journal;
};

/**
 * The event store that contexts decide against: what they append gets its journal in the same
 * record, and every journal is checked for balance on write and on read.
 */
export const journaledStore = <E extends TradelaneEvent>(
  records: RecordStore<E>,
): EventStore<E> => ({
  load: async (streamId) => {
    const loaded = await records.load(streamId);
    for (const record of loaded) checked(record.journal);
    return loaded;
  },
  append: async (record: Decided<E>) =>
    records.append({ ...record, journal: checked(record.events.flatMap(journalize)) }),
});
