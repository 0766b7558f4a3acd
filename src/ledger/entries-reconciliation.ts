import type { BreakEvent } from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import { credit, debit, entry } from './journal.ts';

/** What is given up of a difference, and taken back of that. Every other step on a break moves no money. */
export function breakEntries(event: BreakEvent): readonly (JournalEntry | undefined)[] {
  // Stryker disable next-line ConditionalExpression: no other step takes anything back
  if (event.type === 'BreakReopened' && event.reversed !== undefined) {
    const { amount, posting } = event.reversed;
    return [
      entry(
        'break_write_off_reversed',
        debit(posting.against, amount),
        credit(posting.asset, amount, posting.scope),
      ),
    ];
  }
  if (
    // Stryker disable next-line ConditionalExpression: no other step has a posting
    event.type !== 'BreakWrittenOff' ||
    event.posting === undefined
  ) {
    return [];
  }
  const { amount, posting } = event;
  return [
    entry(
      'break_written_off',
      debit(posting.asset, amount, posting.scope),
      credit(posting.against, amount),
    ),
  ];
}
