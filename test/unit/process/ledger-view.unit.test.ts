import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import {
  entriesPage,
  presentAccounts,
  presentTrialBalance,
} from '../../../src/process/ledger-view.ts';
import { trialBalance, trialBalanceBy } from '../../../src/process/trial-balance.ts';
import { isPostingKey, type Posting, type TurnoverSlice } from '../../../src/process/views.ts';

const slice = (
  minute: string,
  account: string,
  debitMinor: bigint,
  creditMinor: bigint,
): TurnoverSlice => ({
  ...{ account, currency: 'USD', minute, postings: 1 },
  ...{ debitMinor, creditMinor },
});

const booked = async () => {
  const views = inMemoryViewStore();
  const slices = [
    slice('2026-07-01T09:00', '1100', 500n, 0n),
    slice('2026-07-01T09:00', '2000', 0n, 500n),
    slice('2026-07-01T23:59', '2000', 500n, 0n),
    slice('2026-07-01T23:59', '2100', 0n, 500n),
    slice('2026-07-03T00:00', '2100', 200n, 0n),
    slice('2026-07-03T00:00', '2200', 0n, 200n),
  ];
  for (const each of slices) await views.putSlice(each);
  return views;
};

describe('The trial balance', () => {
  it('is the turnover of every account up to the end of a day', async () => {
    const views = await booked();
    const of = async (asOf: string) =>
      presentTrialBalance(asOf, await trialBalance(views, asOf)).accounts.map(
        ({ account, balanceMinor }) => [account, balanceMinor],
      );
    expect(await of('2026-06-30')).toEqual([]);
    expect(await of('2026-07-01')).toEqual([
      ['1100', 500n],
      ['2000', 0n],
      ['2100', -500n],
    ]);
    expect(await of('2026-07-02')).toEqual(await of('2026-07-01'));
    expect(await of('2026-07-03')).toEqual([
      ['1100', 500n],
      ['2000', 0n],
      ['2100', -300n],
      ['2200', -200n],
    ]);
  });

  it('says whether it balances and whether clients’ money is there', async () => {
    const view = presentTrialBalance(
      '2026-07-03',
      await trialBalance(await booked(), '2026-07-03'),
    );
    expect(view).toMatchObject({
      ...{ asOf: '2026-07-03', balanced: true },
      accounts: expect.arrayContaining([
        expect.objectContaining({ account: '2000', name: 'buyer_clearing', debitMinor: 500n }),
      ]),
      safeguarding: [{ currency: 'USD', coverMinor: 500n, owedMinor: 500n, shortfallMinor: 0n }],
    });
  });

  it('reads more days than it reads at once', async () => {
    const views = inMemoryViewStore();
    for (let day = 1; day <= 28; day += 1) {
      const text = `2026-02-${String(day).padStart(2, '0')}T12:00`;
      await views.putSlice(slice(text, '1100', 1n, 0n));
    }
    expect(await trialBalance(views, '2026-12-31')).toMatchObject([{ debitMinor: 28n }]);
  });

  it.each([
    ['2026-07-31', ['2024-07', '2026-07']],
    ['9999-12-31', ['9997-12', '9999-12']],
    ['0000-01-01', []],
  ])('by what happened until %s reads the late postings of 25 months', async (asOf, ends) => {
    const read: string[] = [];
    const views = {
      ...inMemoryViewStore(),
      listLatePostings: async (month: string) => {
        read.push(month);
        if (read.length > 25) throw new Error(`The postings of ${month} are asked for, too.`);
        return [];
      },
    };
    expect(await trialBalanceBy('occurred', views, asOf)).toEqual([]);
    expect(read).toHaveLength(25);
    expect(read).toEqual(expect.arrayContaining(ends));
  });
});

describe('The accounts', () => {
  it('are the chart', () => {
    const { accounts } = presentAccounts();
    expect(accounts).toHaveLength(29);
    expect(accounts).toContainEqual({
      ...{ code: '2100', name: 'escrow_liability', normalSide: 'credit', scope: 'trade' },
      safeguarding: 'owed',
    });
  });
});

describe('The entries of an account and day', () => {
  const query = { account: '2100', currency: 'USD', day: '2026-07-01' } as const;
  const posting = (at: string, amountMinor: bigint): Posting => ({
    ...{ account: '2100', currency: 'USD', kind: 'release', amountMinor },
    ...{ postingId: `escrow#trd_1#${at}#0#0`, bookedAt: `2026-07-01T09:${at}.000Z` },
    ...{ scope: 'trd_1', tradeId: 'trd_1' },
  });
  const postings = ['00:01', '00:02', '01:00', '01:01', '02:00'].map((at, index) =>
    posting(at, BigInt(index - 2)),
  );
  const kept = async () => {
    const views = inMemoryViewStore();
    await views.putPostings(postings);
    for (const minute of ['09:00', '09:01', '09:02'].map((time) => `2026-07-01T${time}`)) {
      await views.putSlice(await views.sumSlice({ ...query, minute }));
    }
    await views.putSlice(slice('2026-07-01T09:00', '2101', 900n, 0n));
    await views.putSlice(slice('2026-07-02T09:00', '2100', 900n, 0n));
    return views;
  };

  it('come with the sums of the day, debits and credits apart', async () => {
    expect(await entriesPage(await kept(), { ...query, limit: 5 })).toEqual({
      ...{ ...query, debitMinor: 3n, creditMinor: 3n, entries: postings, next: null },
    });
  });

  it('come in pages, each with the sums of the whole day', async () => {
    const views = await kept();
    const first = await entriesPage(views, { ...query, limit: 2 });
    expect(first).toMatchObject({ debitMinor: 3n, creditMinor: 3n });
    expect(first.entries).toEqual(postings.slice(0, 2));
    expect(isPostingKey(first.next ?? '')).toBe(true);
  });

  it('are each on one page, once, however many are booked while they are read', async () => {
    const views = await kept();
    const read: Posting[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 9; pages += 1) {
      const { entries, next } = await entriesPage(views, { ...query, after, limit: 2 });
      read.push(...entries);
      if (next === null) break;
      await views.putPostings([posting('00:00', 1n), posting(`03:0${pages}`, 1n)]);
      after = next;
    }
    expect(read.slice(0, 5)).toEqual(postings);
    expect(new Set(read.map(({ postingId }) => postingId)).size).toBe(read.length);
  });

  it.each([
    ['2026-07-01T09:00:01.000Z#escrow#trd_1#4#0#1', true],
    ['2026-07-01T09:00:01.000Z#', false],
    ['2026-07-01#escrow#trd_1#4#0#1', false],
    ['escrow#trd_1#4#0#1', false],
    ['2026-07-01T09:00:01.000Z#escrow#trd_1 #4', false],
  ])('%p is where a page begins: %p', (text, is) => {
    expect(isPostingKey(text)).toBe(is);
  });
});
