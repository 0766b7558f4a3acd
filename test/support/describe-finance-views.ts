import * as fc from 'fast-check';
import { money } from '../../src/money/money.ts';
import {
  type Case,
  caseKey,
  type LaneTrade,
  type Settlement,
  settlementKey,
} from '../../src/process/finance-views.ts';
import { putFinance } from '../../src/process/project-finance.ts';
import type { ViewStore } from '../../src/process/views.ts';
import { describeDebts } from './describe-debt-views.ts';

export const settlement = (changes: Partial<Settlement> = {}): Settlement => ({
  ...{ payoutId: 'payout_1', tradeId: 'trd_1', marketplaceId: 'mkt_1', milestoneId: 'delivery' },
  ...{ payoutAccountId: 'acct_1', state: 'due', version: 0, attempt: 1 },
  ...{ at: '2026-11-23T12:00:00.000Z', amount: money('USD', 10n ** 17n + 1n) },
  ...changes,
});

export const openCase = (changes: Partial<Case> = {}): Case => ({
  ...{ caseId: 'dsp_1', kind: 'dispute', tradeId: 'trd_1', marketplaceId: 'mkt_1' },
  ...{ status: 'open', version: 6, stage: 'negotiating', reason: 'damaged' },
  ...{ amount: money('USD', 1_150_000n), openedAt: '2026-11-23T12:00:00.000Z' },
  deadline: { kind: 'escalation', dueAt: '2026-11-30T12:00:00.000Z' },
  ...changes,
});

export const laneTrade = (changes: Partial<LaneTrade> = {}): LaneTrade => ({
  ...{ marketplaceId: 'mkt_1', sellerCountry: 'KR', buyerCountry: 'US', currency: 'USD' },
  ...{ tradeId: 'trd_1', paidAt: '2026-11-23T12:01:00.000Z', amountMinor: 1_150_000n },
  ...changes,
});

/** What every adapter of the read models promises of finance's lists. */
export const describeFinanceViews = (views: () => ViewStore): void => {
  describeSettlements(views);
  describeSettlementPages(views);
  describeSellers(views);
  describeCases(views);
  describeDebts(views);
  describeLanes(views);
};

const dueOf = { marketplaceId: 'mkt_1', state: 'due', order: 'earliest', limit: 10 } as const;

const describeSettlements = (views: () => ViewStore): void => {
  describe('the pay of a milestone', () => {
    it('is listed as it was put, to the last unit', async () => {
      const one = settlement({ netted: money('USD', 5n), code: 'AC04', batchId: 'batch_1' });
      await views().putSettlement(one);
      expect(await views().listSettlements(dueOf)).toEqual([one]);
    });

    it('moves from one state to the next, and no late version takes it back', async () => {
      const paid = settlement({ state: 'paid', version: 3 });
      for (const one of [paid, settlement(), settlement({ state: 'initiated', version: 1 })]) {
        await views().putSettlement(one);
      }
      expect(await views().listSettlements(dueOf)).toEqual([]);
      expect(await views().listSettlements({ ...dueOf, state: 'initiated' })).toEqual([]);
      expect(await views().listSettlements({ ...dueOf, state: 'paid' })).toEqual([paid]);
    });

    it("is its own marketplace's", async () => {
      await views().putSettlement(settlement());
      expect(await views().listSettlements({ ...dueOf, marketplaceId: 'mkt_2' })).toEqual([]);
    });
  });
};

const describeSettlementPages = (views: () => ViewStore): void => {
  describe('a list of pay', () => {
    const days = ['25', '21', '24', '22', '23'];
    const put = () =>
      Promise.all(
        days.map((day, index) =>
          views().putSettlement(
            settlement({
              payoutId: `payout_${day}`,
              at: `2026-11-${day}T12:00:00.000Z`,
              amount: money(index % 2 === 0 ? 'USD' : 'KRW', 100n),
            }),
          ),
        ),
      );
    const ids = async (query: Partial<Parameters<ViewStore['listSettlements']>[0]>) =>
      (await views().listSettlements({ ...dueOf, ...query })).map(({ payoutId }) =>
        payoutId.slice(-2),
      );

    it('is in the order of time, either way, and of the days that are asked for', async () => {
      await put();
      expect(await ids({})).toEqual(['21', '22', '23', '24', '25']);
      expect(await ids({ order: 'latest' })).toEqual(['25', '24', '23', '22', '21']);
      expect(await ids({ until: '2026-11-23' })).toEqual(['21', '22', '23']);
      expect(await ids({ from: '2026-11-24' })).toEqual(['24', '25']);
      expect(await ids({ from: '2026-11-22', until: '2026-11-22' })).toEqual(['22']);
    });

    it('is of one currency where that is asked for, with as many as were asked for', async () => {
      await put();
      expect(await ids({ currency: 'USD' })).toEqual(['23', '24', '25']);
      expect(await ids({ currency: 'USD', limit: 2 })).toEqual(['23', '24']);
      expect(await ids({ currency: 'EUR' })).toEqual([]);
    });

    it.each(['earliest', 'latest'] as const)(
      'goes on where a page ended, %s first',
      async (order) => {
        await put();
        const pages: string[][] = [];
        let after: string | undefined;
        for (;;) {
          const page = await views().listSettlements({ ...dueOf, order, limit: 2, after });
          const last = page.at(-1);
          if (last === undefined) break;
          pages.push(page.map(({ payoutId }) => payoutId));
          after = settlementKey(last);
        }
        expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
        expect(new Set(pages.flat()).size).toBe(5);
      },
    );
  });
};

const describeSellers = (views: () => ViewStore): void => {
  describe("a seller's pay", () => {
    it('is of every state, by id, and goes on where a page ended', async () => {
      const own = ['1', '2', '3'].map((id) =>
        settlement({ payoutId: `payout_${id}`, state: id === '2' ? 'paid' : 'due' }),
      );
      const others = settlement({ payoutId: 'payout_4', payoutAccountId: 'acct_2' });
      for (const one of [...own, others]) await views().putSettlement(one);
      const query = { marketplaceId: 'mkt_1', payoutAccountId: 'acct_1', limit: 9 };
      expect(await views().listSellerSettlements(query)).toEqual(own);
      expect(await views().listSellerSettlements({ ...query, limit: 2 })).toEqual(own.slice(0, 2));
      const rest = { ...query, after: 'payout_2' };
      expect(await views().listSellerSettlements(rest)).toEqual(own.slice(2));
      expect(await views().listSellerSettlements({ ...query, state: 'paid' })).toEqual([own[1]]);
      expect(await views().listSellerSettlements({ ...query, currency: 'EUR' })).toEqual([]);
    });
  });
};

const describeCases = (views: () => ViewStore): void => {
  describe('a list of cases', () => {
    const open = { marketplaceId: 'mkt_1', status: 'open', limit: 10 } as const;
    const dueOn = (caseId: string, day: string | null) =>
      openCase({
        caseId,
        deadline: day === null ? null : { kind: 'evidence', dueAt: `2026-12-${day}T00:00:00.000Z` },
      });

    it('has first what is due first, and last what is not due at all', async () => {
      const cases = [dueOn('c', null), dueOn('b', '09'), dueOn('a', '10'), dueOn('d', '01')];
      for (const one of cases) await views().putCase(one);
      const listed = await views().listCases(open);
      expect(listed.map(({ caseId }) => caseId)).toEqual(['d', 'b', 'a', 'c']);
      expect(listed[1]).toEqual(dueOn('b', '09'));
      const soon = await views().listCases({ ...open, until: '2026-12-09' });
      expect(soon.map(({ caseId }) => caseId)).toEqual(['d', 'b']);
      expect(await views().listCases({ ...open, kind: 'dispute' })).toHaveLength(4);
      expect(await views().listCases({ ...open, kind: 'chargeback' })).toEqual([]);
    });

    it('goes on where a page ended', async () => {
      for (const id of ['1', '2', '3']) await views().putCase(openCase({ caseId: `dsp_${id}` }));
      const [first, second] = await views().listCases({ ...open, limit: 2 });
      expect([first?.caseId, second?.caseId]).toEqual(['dsp_1', 'dsp_2']);
      const after = second === undefined ? '' : caseKey(second);
      const rest = await views().listCases({ ...open, limit: 2, after });
      expect(rest.map(({ caseId }) => caseId)).toEqual(['dsp_3']);
    });

    it('loses what is closed to the list of those, the latest first, limits to none', async () => {
      const closed = (caseId: string, day: string) =>
        openCase({
          ...{ caseId, status: 'closed', version: 9, deadline: null },
          closedAt: `2026-12-${day}T00:00:00.000Z`,
        });
      const limit = openCase({ caseId: 'hold_1', kind: 'hold' });
      const over = { ...limit, status: 'closed', deadline: null, version: 9 } as const;
      const early = openCase({ caseId: 'dsp_1' });
      for (const one of [early, limit, over, closed('dsp_1', '02'), closed('dsp_2', '03'), early]) {
        await views().putCase(one);
      }
      expect(await views().listCases(open)).toEqual([]);
      const listed = await views().listCases({ ...open, status: 'closed' });
      expect(listed.map(({ caseId }) => caseId)).toEqual(['dsp_2', 'dsp_1']);
    });
  });
};

const describeLanes = (views: () => ViewStore): void => {
  describe('lanes of trade', () => {
    const put = (lane: LaneTrade) =>
      putFinance(views(), { settlements: [], cases: [], debts: [], lane });
    const listed = async (month = '2026-11', marketplaceId = 'mkt_1') =>
      (await views().listLanes({ marketplaceId, month })).map(
        ({ sellerCountry, buyerCountry, currency, trades, amountMinor }) =>
          `${sellerCountry} ${buyerCountry} ${trades} ${currency} ${amountMinor}`,
      );

    it('sum what was sold in a month from where to where, by currency', async () => {
      await put(laneTrade());
      await put(laneTrade({ tradeId: 'trd_2', paidAt: '2026-11-30T23:59:59.999Z' }));
      await put(laneTrade({ tradeId: 'trd_3', currency: 'KRW', amountMinor: 10n ** 17n + 1n }));
      await put(laneTrade({ tradeId: 'trd_4', buyerCountry: 'DE' }));
      await put(laneTrade({ tradeId: 'trd_5', paidAt: '2026-12-01T00:00:00.000Z' }));
      await put(laneTrade({ tradeId: 'trd_6', marketplaceId: 'mkt_2' }));
      expect((await listed()).toSorted()).toEqual([
        'KR DE 1 USD 1150000',
        'KR US 1 KRW 100000000000000001',
        'KR US 2 USD 2300000',
      ]);
      expect(await listed('2026-12')).toEqual(['KR US 1 USD 1150000']);
      expect(await listed('2026-10')).toEqual([]);
      expect(await listed('2026-11', 'mkt_2')).toEqual(['KR US 1 USD 1150000']);
    });

    it('count each trade once, in whatever order and however often it comes', async () => {
      const trades = Array.from({ length: 12 }, (_, index) =>
        laneTrade({
          tradeId: `trd_${index}`,
          // Some within the same ten minutes, some on other days of the month.
          paidAt: `2026-11-${11 + (index % 3)}T12:0${index % 2}:00.000Z`,
          amountMinor: BigInt(index + 1),
          marketplaceId: 'mkt_many',
        }),
      );
      const { length } = trades;
      const order = fc.shuffledSubarray([...trades, ...trades], { minLength: 2 * length });
      const [shuffled = []] = fc.sample(order, { numRuns: 1, seed: 7 });
      await Promise.all(shuffled.map(put));
      const sum = (length * (length + 1)) / 2;
      expect(await listed('2026-11', 'mkt_many')).toEqual([`KR US ${length} USD ${sum}`]);
    });
  });
};
