import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import {
  presentAccounts,
  presentEntries,
  presentTrialBalance,
} from '../../../src/process/ledger-view.ts';
import { trialBalance } from '../../../src/process/trial-balance.ts';
import type { TurnoverSlice } from '../../../src/process/views.ts';

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
  it('come with their sums, debits and credits apart', () => {
    const posting = (amountMinor: bigint) => ({
      ...({
        postingId: `p${amountMinor}`,
        account: '2100',
        currency: 'USD',
        kind: 'release',
      } as const),
      ...{ bookedAt: '2026-07-01T09:00:00.000Z', amountMinor, scope: 'trd_1', tradeId: 'trd_1' },
    });
    const query = { account: '2100', currency: 'USD', day: '2026-07-01' };
    const postings = [posting(3n), posting(4n), posting(-5n)];
    expect(presentEntries(query, postings)).toEqual({
      ...{ ...query, debitMinor: 7n, creditMinor: 5n, entries: postings },
    });
  });
});
