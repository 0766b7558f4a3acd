import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../events/index.ts';
import { journalize } from '../ledger/journalize.ts';
import type { Posting } from './views.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** What a day of its own is called, in the events of what others did: a bank, a provider. */
const OCCURRED = ['occurredAt', 'capturedAt', 'settledAt', 'returnedAt', 'paidAt'] as const;

/** The posting is of the moment in which it is written; what it is of may have happened days before. */
export const postingsOf = (record: TradelaneRecord): readonly Posting[] => {
  const { streamId, sequence, recordedAt: bookedAt, tradeId } = record;
  const days = occurrencesOf(record);
  return record.journal.flatMap(({ kind, legs }, entryIndex) => {
    const occurredAt = days[entryIndex];
    return legs.map((leg, legIndex) => ({
      ...leg,
      kind,
      postingId: `${streamId}#${sequence}#${entryIndex}#${legIndex}`,
      bookedAt,
      ...(occurredAt === undefined ? {} : { occurredAt }),
      tradeId,
    }));
  });
};

/** For each entry of a record's journal when its event happened, where that was on an earlier day. */
function occurrencesOf({
  events,
  journal,
  recordedAt,
}: TradelaneRecord): readonly (string | undefined)[] {
  const days = events.flatMap((event) => {
    const occurredAt = occurrenceOf(event);
    const isLate = occurredAt !== undefined && dayOf(occurredAt) < dayOf(recordedAt);
    return journalize(event).map(() => (isLate ? occurredAt : undefined));
  });
  // A journal from before a rule changed has other entries than its events make now.
  return days.length === journal.length ? days : [];
}

const dayOf = (instant: string): string => instant.slice(0, DAY_LENGTH);

function occurrenceOf(event: TradelaneEvent): string | undefined {
  const fields = event as Readonly<Record<string, unknown>>;
  const found = OCCURRED.map((name) => fields[name]).find((value) => typeof value === 'string');
  return found as string | undefined;
}
