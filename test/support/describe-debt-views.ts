import { money } from '../../src/money/money.ts';
import { debtKey, type SellerDebt } from '../../src/process/finance-views.ts';
import type { ViewStore } from '../../src/process/views.ts';

export const sellerDebt = (changes: Partial<SellerDebt> = {}): SellerDebt => ({
  ...{ debtId: 'dp_1', tradeId: 'trd_1', marketplaceId: 'mkt_1', payoutAccountId: 'acct_1' },
  ...{ reason: 'chargeback', since: '2026-11-23T12:00:00.000Z', status: 'open', version: 1 },
  ...{ amount: money('USD', 10n ** 17n + 1n), remaining: money('USD', 10n ** 17n + 1n) },
  ...changes,
});

const open = { marketplaceId: 'mkt_1', status: 'open', limit: 10 } as const;

/** What every adapter of the read models promises of what sellers owe. */
export const describeDebts = (views: () => ViewStore): void => {
  const put = async (...debts: readonly SellerDebt[]) => {
    for (const debt of debts) await views().putDebt(debt);
  };
  const ids = async (query: Partial<Parameters<ViewStore['listDebts']>[0]> = {}) =>
    (await views().listDebts({ ...open, ...query })).map(({ debtId }) => debtId);

  describe('what sellers owe', () => {
    it('is listed as it was put, to the last unit, for its own marketplace', async () => {
      const proposal = { amount: money('USD', 5n), reason: 'insolvent', by: 'key_1' };
      const one = sellerDebt({ status: 'write_off_proposed', proposal, reference: 'PO-1' });
      await put(one);
      expect(await views().listDebts(open)).toEqual([one]);
      expect(await ids({ marketplaceId: 'mkt_2' })).toEqual([]);
    });

    it('stands seller by seller, the oldest first, in pages', async () => {
      const on = (debtId: string, payoutAccountId: string, day: string) =>
        sellerDebt({ debtId, payoutAccountId, since: `2026-11-${day}T00:00:00.000Z` });
      const debts = [on('a', 'bank_b', '01'), on('b', 'acct_1', '09'), on('c', 'acct_1', '02')];
      await put(...debts, on('d', 'acct_10', '01'));
      expect(await ids()).toEqual(['c', 'b', 'd', 'a']);
      const [, second] = await views().listDebts({ ...open, limit: 2 });
      const after = second === undefined ? '' : debtKey(second);
      expect(await ids({ limit: 2, after })).toEqual(['d', 'a']);
      expect(await ids({ payoutAccountId: 'acct_1' })).toEqual(['c', 'b']);
      const [first] = await views().listDebts({ ...open, payoutAccountId: 'acct_1', limit: 1 });
      const rest = { payoutAccountId: 'acct_1', after: first === undefined ? '' : debtKey(first) };
      expect(await ids(rest)).toEqual(['b']);
      expect(await ids({ payoutAccountId: 'acct' })).toEqual([]);
    });

    it('is of one currency where that is asked for', async () => {
      await put(sellerDebt(), sellerDebt({ debtId: 'dp_2', amount: money('KRW', 7n) }));
      expect(await ids({ currency: 'KRW' })).toEqual(['dp_2']);
    });

    it('moves to what is closed, and no late version takes it back', async () => {
      const closed = sellerDebt({ status: 'recovered', remaining: money('USD', 0n), version: 4 });
      await put(closed, sellerDebt(), sellerDebt({ debtId: 'dp_2', status: 'written_off' }));
      expect(await ids()).toEqual([]);
      expect(await ids({ status: 'closed' })).toEqual(['dp_1', 'dp_2']);
    });
  });
};
