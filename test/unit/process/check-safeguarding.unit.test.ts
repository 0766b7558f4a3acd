import type { BreakEvent } from '../../../events/index.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { checkSafeguarding } from '../../../src/process/check-safeguarding.ts';
import { consumeReconciliation } from '../../../src/process/consume-reconciliation.ts';
import type { Posting } from '../../../src/process/views.ts';
import { routedTo } from './routed.ts';

/** Books, the daily test of them, and the breaks as the lists show them. */
function desk() {
  const views = inMemoryViewStore();
  const records = inMemoryRecordStore<BreakEvent>();
  const breaks = journaledStore(records);
  const consume = consumeReconciliation({
    ...{ lanes: inMemoryLaneStore(), breaks, views },
    match: async () => undefined,
  });
  let told = 0;
  let minutes = 10;
  const book = async (legs: readonly (readonly [string, bigint, CurrencyCode?])[]) => {
    minutes += 1;
    const bookedAt = `2026-06-24T10:${minutes}:00.000Z`;
    for (const [account, amountMinor, currency = 'EUR'] of legs) {
      const posting: Posting = {
        ...{ postingId: `${bookedAt}#${account}`, account, currency, bookedAt },
        ...{ kind: 'capture', amountMinor, tradeId: 'trd_1' },
      };
      await views.putPostings([posting]);
      const key = { account, currency, minute: bookedAt.slice(0, 'YYYY-MM-DDTHH:MM'.length) };
      await views.putSlice(await views.sumSlice(key));
    }
  };
  const check = async (at: string) => {
    await checkSafeguarding({ views, breaks, now: () => new Date(at) });
    for (const record of records.all().slice(told))
      await consume(routedTo('reconciliation', record));
    told = records.all().length;
    return views.listBreaks({ status: 'open', limit: 10 });
  };
  return { book, check, events: () => records.all().flatMap(({ events }) => events) };
}

describe('The daily test of clients’ money', () => {
  it('raises nothing where it is all there, and more', async () => {
    const { book, check, events } = desk();
    await book([
      ['1100', 1_000n],
      ['2100', -900n],
      ['4000', -100n],
    ]);
    expect(await check('2026-06-25T06:00:00.000Z')).toEqual([]);
    expect(events()).toEqual([]);
  });

  it('raises one break a currency that ages while it lasts, and clears it once it is made good', async () => {
    const { book, check, events } = desk();
    await book([
      ['1100', 970n],
      ['5000', 30n],
      ['2100', -1_000n],
      ['1200', 5n, 'USD'],
      ['2200', -5n, 'USD'],
    ]);
    const found = await check('2026-06-25T06:00:00.000Z');
    expect(found).toMatchObject([
      {
        ...{ rec: 'F', kind: 'under', since: '2026-06-25', left: [], right: [] },
        difference: { currency: 'EUR', amountMinor: -30n },
      },
    ]);
    expect(await check('2026-06-25T18:00:00.000Z')).toEqual(found);
    await book([
      ['1100', -10n],
      ['5000', 10n],
    ]);
    expect(await check('2026-06-29T06:00:00.000Z')).toMatchObject([
      { since: '2026-06-25', difference: { amountMinor: -40n } },
    ]);
    await book([
      ['1200', 40n],
      ['1210', -40n],
    ]);
    expect(await check('2026-06-30T06:00:00.000Z')).toEqual([]);
    expect(events().map(({ type }) => type)).toEqual([
      ...['BreakRaised', 'BreakCleared', 'BreakRaised', 'BreakCleared'],
    ]);
  });

  it('counts money on its way between currencies as there', async () => {
    const { book, check } = desk();
    await book([
      ['1400', 1_000n],
      ['2100', -1_000n],
    ]);
    expect(await check('2026-06-25T06:00:00.000Z')).toEqual([]);
  });
});
