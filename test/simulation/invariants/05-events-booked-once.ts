import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { invariant } from './invariant.ts';
import { entryText, expectedJournal, legText } from './support/expected-journal.ts';

/** Every event has exactly the entries that docs/ledger.md gives it, and no entry stands without. */
export const eventsBookedOnce = invariant({
  name: '05-events-booked-once',
  number: 5,
  when: 'step',
  find: ({ step }, report) => {
    for (const record of step.appended) {
      const booked = bookedIn(record);
      const expected = record.events.flatMap(expectedJournal);
      for (const text of withoutEach(expected, booked))
        report(record.tradeId, `not booked: ${text}`);
      for (const text of withoutEach(booked, expected)) report(record.tradeId, `not due: ${text}`);
    }
  },
});

const bookedIn = ({ journal }: TradelaneRecord): readonly string[] =>
  journal
    .map(({ kind, legs }) => entryText(kind, legs.map(legText)))
    .filter((text) => text !== undefined);

/** What is left of a list when each of the others is taken out of it once. */
function withoutEach(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...list];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}
