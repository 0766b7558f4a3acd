import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';

/**
 * One decision, as it is stored: one item, written once, never changed.
 * `streamId` is `<aggregate>#<id>`; `sequence` starts at 1 and has no gaps; `cause` names the
 * command or message that led to the decision, so that the same cause is never applied twice;
 * `journal` is the balanced double entry that goes with the events.
 */
export type EventRecord<E> = {
  readonly streamId: string;
  readonly sequence: number;
  readonly recordedAt: string;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly cause: string;
  readonly events: readonly E[];
  readonly journal: readonly JournalEntry[];
};

/** A decision before the ledger has added its journal. */
export type Decided<E> = Omit<EventRecord<E>, 'journal'>;

/**
 * The event store, as the product needs it.
 * `append` answers `conflict` when another decision already holds that sequence, and only then;
 * any other failure throws, and its outcome is unknown until the stream is read again.
 */
export type EventStore<E> = {
  load(streamId: string): Promise<readonly EventRecord<E>[]>;
  append(record: Decided<E>): Promise<'appended' | 'conflict'>;
};
