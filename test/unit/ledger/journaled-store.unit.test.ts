import type { EscrowEvent } from '../../../events/index.ts';
import type { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { credit, debit } from '../../../src/ledger/journal.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';

const streamId = `escrow#${tradeId}`;
const usd = (amountMinor: bigint) => money('USD', amountMinor);

const decisionOf = (sequence: number, ...events: readonly EscrowEvent[]) => ({
  ...{ streamId, sequence, recordedAt: '2026-11-23T08:00:00.000Z', tradeId, marketplaceId },
  cause: `test-${sequence}`,
  events,
});

function setUp() {
  const records = inMemoryRecordStore<EscrowEvent>();
  return { records, store: journaledStore(records) };
}

describe('Appending through the ledger', () => {
  it('gives a record the entries of all its events, in their order', async () => {
    const { records, store } = setUp();
    await store.append(decisionOf(1, story.escrowFunded, story.fundsConverted));
    expect(records.all()[0]?.journal.map(({ kind }) => kind)).toEqual([
      'capture',
      'psp_conversion',
      'psp_fee',
      'fx_conversion',
      'fx_realized',
    ]);
  });

  it('gives none to a record that moves no money', async () => {
    const { records, store } = setUp();
    await store.append(decisionOf(1, story.tradeOpened));
    expect(records.all()).toMatchObject([{ journal: [] }]);
  });

  it.each([
    {
      what: 'a release whose fee and net are not its amount',
      event: { ...story.milestoneReleased, fee: usd(1n) },
      code: 'ledger.unbalanced',
    },
    {
      what: 'a conversion whose spread is not what is left of the payment',
      event: { ...story.fundsConverted, spread: money('EUR', 1n) },
      code: 'ledger.unbalanced',
    },
    {
      what: 'a release that reaches no one',
      event: { ...story.milestoneReleased, fee: usd(0n), net: usd(0n) },
      code: 'ledger.malformed_entry',
    },
  ])('rejects $what and writes nothing', async ({ event, code }) => {
    const { records, store } = setUp();
    await expect(store.append(decisionOf(1, event))).rejects.toMatchObject({
      code,
      retryable: false,
    });
    expect(records.all()).toEqual([]);
  });

  it('tells of a conflict as the store below does', async () => {
    const { records, store } = setUp();
    expect(await store.append(decisionOf(1, story.escrowFunded))).toBe('appended');
    expect(await store.append(decisionOf(1, story.escrowFunded))).toBe('conflict');
    expect(records.all()).toHaveLength(1);
  });
});

describe('Loading through the ledger', () => {
  it('answers the records with the journal that was written', async () => {
    const { store } = setUp();
    await store.append(decisionOf(1, story.escrowFunded));
    await store.append(decisionOf(2, story.fundsConverted));
    expect((await store.load(streamId)).map(({ journal }) => journal)).toEqual([
      journalize(story.escrowFunded),
      journalize(story.fundsConverted),
    ]);
  });

  const stored: readonly { what: string; entry: JournalEntry; code: string }[] = [
    {
      what: 'is off by one',
      entry: { kind: 'release', legs: [debit('1100', usd(5n)), credit('4000', usd(4n))] },
      code: 'ledger.unbalanced',
    },
    {
      what: 'names no account of the chart',
      entry: {
        kind: 'release',
        legs: [{ account: '9999', currency: 'USD', amountMinor: 5n }, credit('4000', usd(5n))],
      },
      code: 'ledger.malformed_entry',
    },
    {
      what: 'does not say whose balance it is',
      entry: { kind: 'release', legs: [debit('2100', usd(5n)), credit('4000', usd(5n))] },
      code: 'ledger.malformed_entry',
    },
  ];

  it.each(stored)('refuses the whole stream where one entry $what', async ({ entry, code }) => {
    const { records, store } = setUp();
    await store.append(decisionOf(1, story.escrowFunded));
    await records.append({ ...decisionOf(2, story.fundsConverted), journal: [entry] });
    await expect(store.load(streamId)).rejects.toMatchObject({ code, retryable: false });
  });
});
