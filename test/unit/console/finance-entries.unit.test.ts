import type { Entries } from '../../../console/finance/app/answers.ts';
import { entriesOfTrade, readEntries } from '../../../console/finance/app/entry-list.ts';

const entry = (postingId: string, tradeId: string): Entries['entries'][number] => ({
  ...{ postingId, tradeId, kind: 'release', amountMinor: '1' },
  bookedAt: '2026-07-01T09:00:00.000Z',
});

const PATH = '/v1/ledger/entries?account=2100';

/** The API, where a day's entries take three pages; whatever else is asked for is not there. */
const api = {
  get: async <T>(path: string): Promise<T> => {
    const pages: Readonly<Record<string, Pick<Entries, 'entries' | 'next'>>> = {
      [PATH]: { entries: [entry('1', 'trd_1'), entry('2', 'trd_2')], next: '2#b' },
      [`${PATH}&after=2%23b`]: { entries: [entry('3', 'trd_2')], next: '3#c' },
      [`${PATH}&after=3%23c`]: { entries: [entry('4', 'trd_1')], next: null },
    };
    if (pages[path] === undefined) throw new Error(`There is no ${path}.`);
    return pages[path] as T;
  },
};

describe('The entries of an account in the console', () => {
  it('are read a page at a time, as other lists are', async () => {
    expect(await readEntries(api, PATH)).toEqual({
      data: [entry('1', 'trd_1'), entry('2', 'trd_2')],
      next: '2#b',
    });
  });

  it('of one trade are found on whichever page they are', async () => {
    expect(await entriesOfTrade(api, PATH, 'trd_1')).toEqual([
      entry('1', 'trd_1'),
      entry('4', 'trd_1'),
    ]);
    expect(await entriesOfTrade(api, PATH, 'trd_3')).toEqual([]);
  });
});
