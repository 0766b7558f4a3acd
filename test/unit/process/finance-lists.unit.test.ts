import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { casePage } from '../../../src/process/case-view.ts';
import { debtPage } from '../../../src/process/debt-view.ts';
import type { SettlementState } from '../../../src/process/finance-views.ts';
import { lanePage } from '../../../src/process/lane-view.ts';
import { putFinance } from '../../../src/process/project-finance.ts';
import { presentRates } from '../../../src/process/rates-view.ts';
import { settlementPage, settlementTotals, weekOf } from '../../../src/process/settlement-view.ts';
import { sellerDebt } from '../../support/describe-debt-views.ts';
import { laneTrade, openCase, settlement } from '../../support/describe-finance-views.ts';
import { bundledDay } from '../fx/rate-days.ts';

const marketplaceId = 'mkt_1';
/** A Thursday. */
const now = new Date('2026-11-26T10:00:00.000Z');

describe('A page of settlements', () => {
  const filled = async (count: number, state: SettlementState = 'due') => {
    const views = inMemoryViewStore();
    for (let day = 1; day <= count; day += 1) {
      const at = `2026-11-0${day}T00:00:00.000Z`;
      await views.putSettlement(settlement({ payoutId: `payout_${day}`, at, state }));
    }
    return views;
  };

  it('leads to the next as long as there is one', async () => {
    const views = await filled(3);
    const first = await settlementPage(views, { marketplaceId, limit: 2 });
    expect(first.data.map(({ payoutId }) => payoutId)).toEqual(['payout_1', 'payout_2']);
    expect(first.next).toBe('2026-11-02T00:00:00.000Z#payout_2');
    const after = first.next ?? '';
    const second = await settlementPage(views, { marketplaceId, limit: 2, after });
    expect(second).toMatchObject({ data: [{ payoutId: 'payout_3' }], next: null });
    expect(await settlementPage(views, { marketplaceId, limit: 3 })).toMatchObject({ next: null });
  });

  it('has the longest wait first, and of what is paid the latest', async () => {
    const [waiting] = (await settlementPage(await filled(3), { marketplaceId, limit: 1 })).data;
    const paid = await settlementPage(await filled(3, 'paid'), {
      ...{ marketplaceId, state: 'paid', limit: 1 },
    });
    expect([waiting?.payoutId, paid.data[0]?.payoutId]).toEqual(['payout_1', 'payout_3']);
  });

  it("is a seller's of all states, and goes on by id", async () => {
    const views = await filled(2);
    await views.putSettlement(settlement({ payoutId: 'payout_9', state: 'returned' }));
    const query = { marketplaceId, payoutAccountId: 'acct_1' };
    const first = await settlementPage(views, { ...query, limit: 2 });
    expect(first.next).toBe('payout_2');
    const rest = await settlementPage(views, { ...query, limit: 2, after: 'payout_2' });
    expect(rest).toMatchObject({ data: [{ state: 'returned' }], next: null });
  });
});

describe('A page of settlements that are open', () => {
  const all: readonly SettlementState[] = [
    ...(['paid', 'returned', 'due', 'netted', 'carried', 'in_transit'] as const),
    ...(['failed', 'paid_through', 'initiated'] as const),
  ];

  it('has every state in which a seller waits, the longest wait first, in pages', async () => {
    const views = inMemoryViewStore();
    for (const [index, state] of all.entries()) {
      const at = `2026-11-1${index}T00:00:00.000Z`;
      await views.putSettlement(settlement({ payoutId: `payout_${index}`, at, state }));
    }
    const states: string[] = [];
    let after: string | undefined;
    for (;;) {
      const query = { marketplaceId, state: 'open', limit: 2, after } as const;
      const { data, next } = await settlementPage(views, query);
      states.push(...data.map(({ state }) => state));
      if (next === null) break;
      after = next;
    }
    expect(states).toEqual(['returned', 'due', 'carried', 'in_transit', 'failed', 'initiated']);
    const own = { marketplaceId, payoutAccountId: 'acct_1', state: 'open', limit: 4 } as const;
    const ofSeller = await settlementPage(views, own);
    expect(ofSeller.data.map(({ payoutId }) => payoutId)).toEqual(
      ['1', '2', '4', '5'].map((id) => `payout_${id}`),
    );
    expect(ofSeller.next).toBe('payout_5');
  });
});

describe('A page of debts', () => {
  it('leads to the next, and says nothing of versions', async () => {
    const views = inMemoryViewStore();
    await views.putDebt(sellerDebt());
    await views.putDebt(sellerDebt({ debtId: 'dp_2', payoutAccountId: 'bank_1' }));
    const query = { marketplaceId, status: 'open', limit: 1 } as const;
    const first = await debtPage(views, query);
    const { version: _, marketplaceId: __, debtId: id, ...shown } = sellerDebt();
    expect(first.data).toEqual([{ id, ...shown }]);
    const rest = await debtPage(views, { ...query, after: first.next ?? '' });
    expect(rest).toMatchObject({ data: [{ id: 'dp_2' }], next: null });
  });
});

describe('The sums of today and of the week', () => {
  it.each([
    ['2026-11-26', '2026-11-23', '2026-11-29'],
    ['2026-11-23', '2026-11-23', '2026-11-29'],
    ['2026-11-29', '2026-11-23', '2026-11-29'],
    ['2027-01-01', '2026-12-28', '2027-01-03'],
  ])('of %s begin on Monday, %s, and end on Sunday, %s', (day, from, to) => {
    expect(weekOf(day)).toEqual({ from, to });
  });

  it('are by currency: due, on its way, paid and blocked', async () => {
    const views = inMemoryViewStore();
    const put = (
      payoutId: string,
      state: SettlementState,
      at: string,
      amount: Money = money('USD', 100n),
    ) => views.putSettlement(settlement({ payoutId, state, at, amount }));
    await put('overdue', 'due', '2026-11-20T00:00:00.000Z');
    await put('today', 'initiated', '2026-11-26T09:00:00.000Z');
    await put('sunday', 'due', '2026-11-29T23:59:59.999Z');
    await put('monday', 'due', '2026-11-30T00:00:00.000Z');
    await put('sent', 'in_transit', '2026-11-25T00:00:00.000Z');
    await put('paid today', 'paid', '2026-11-26T00:00:00.000Z', money('KRW', 10n ** 17n + 1n));
    await put('paid on Monday', 'paid', '2026-11-23T00:00:00.000Z', money('KRW', 5n));
    await put('paid last week', 'paid', '2026-11-22T23:59:59.999Z', money('KRW', 7n));
    await put('failed', 'failed', '2026-10-01T00:00:00.000Z');
    await put('held', 'on_hold', '2026-10-01T00:00:00.000Z');
    await put('back', 'returned', '2026-11-26T00:00:00.000Z');
    const totals = await settlementTotals(views, { marketplaceId, now, limit: 10 });
    expect(totals).toMatchObject({ complete: true, today: '2026-11-26' });
    expect(totals.data).toEqual([
      {
        currency: 'KRW',
        due: { todayMinor: 0n, weekMinor: 0n },
        ...{ inTransitMinor: 0n, blockedMinor: 0n },
        paid: { todayMinor: 10n ** 17n + 1n, weekMinor: 10n ** 17n + 6n },
      },
      {
        currency: 'USD',
        due: { todayMinor: 200n, weekMinor: 300n },
        ...{ inTransitMinor: 100n, blockedMinor: 300n },
        paid: { todayMinor: 0n, weekMinor: 0n },
      },
    ]);
  });

  it('say so where there is more than they count', async () => {
    const views = inMemoryViewStore();
    for (const payoutId of ['payout_1', 'payout_2']) {
      await views.putSettlement(settlement({ payoutId }));
    }
    const complete = async (limit: number) =>
      (await settlementTotals(views, { marketplaceId, now, limit })).complete;
    expect([await complete(2), await complete(1)]).toEqual([true, false]);
  });
});

describe('A page of cases', () => {
  it('says how many whole days are left, and leads to the next', async () => {
    const views = inMemoryViewStore();
    const due = (caseId: string, dueAt: string | null) =>
      views.putCase(
        openCase({ caseId, deadline: dueAt === null ? null : { kind: 'decision', dueAt } }),
      );
    await due('over', '2026-11-26T09:59:59.999Z');
    await due('soon', '2026-11-27T09:59:59.999Z');
    await due('later', '2026-11-28T10:00:00.000Z');
    await due('waits', null);
    const open = { marketplaceId, status: 'open', limit: 3 } as const;
    const page = await casePage(views, open, now);
    expect(page.data.map(({ id, deadline }) => [id, deadline?.daysLeft])).toEqual([
      ['over', -1],
      ['soon', 0],
      ['later', 2],
    ]);
    const rest = await casePage(views, { ...open, after: page.next ?? '' }, now);
    expect(rest).toMatchObject({ data: [{ id: 'waits', deadline: null }], next: null });
  });
});

describe('A list of cases that one page holds', () => {
  it.each(['open', 'closed'] as const)('of %s ones leads to no empty page', async (status) => {
    const views = inMemoryViewStore();
    const closedAt = '2026-11-25T00:00:00.000Z';
    for (const caseId of ['dsp_1', 'dsp_2']) {
      await views.putCase(
        openCase({ caseId, status, ...(status === 'closed' ? { closedAt, deadline: null } : {}) }),
      );
    }
    const query = { marketplaceId, status, kind: 'dispute' } as const;
    expect(await casePage(views, { ...query, limit: 2 }, now)).toMatchObject({ next: null });
    const { next } = await casePage(views, { ...query, limit: 1 }, now);
    const rest = await casePage(views, { ...query, limit: 1, after: next ?? '' }, now);
    expect(rest).toMatchObject({ data: [{}], next: null });
  });
});

describe('A page of lanes', () => {
  it('never weighs two currencies, and has the largest volume of each first', async () => {
    const views = inMemoryViewStore();
    const lanes = [
      laneTrade({ tradeId: '1', buyerCountry: 'DE', amountMinor: 5n }),
      laneTrade({ tradeId: '2', amountMinor: 9n }),
      laneTrade({ tradeId: '3', amountMinor: 1n }),
      laneTrade({ tradeId: '4', currency: 'KRW', amountMinor: 1n }),
    ];
    for (const lane of lanes)
      await putFinance(views, { settlements: [], cases: [], debts: [], lane });
    const query = { marketplaceId, month: '2026-11' };
    const page = await lanePage(views, { ...query, page: 1 });
    const volumes = page.data.map(({ buyerCountry, trades, volume }) => [
      ...[buyerCountry, trades, volume.currency, volume.amountMinor],
    ]);
    expect(volumes).toEqual([
      ['US', 1, 'KRW', 1n],
      ['US', 2, 'USD', 10n],
      ['DE', 1, 'USD', 5n],
    ]);
    expect(page.totals).toEqual([
      { trades: 1, volume: money('KRW', 1n) },
      { trades: 3, volume: money('USD', 15n) },
    ]);
    expect(await lanePage(views, { ...query, page: 2 })).toMatchObject({ data: [], pages: 1 });
    const dollars = await lanePage(views, { ...query, currency: 'USD', page: 1 });
    expect(dollars.data).toHaveLength(2);
  });
});

describe('The rates of today', () => {
  it('say of each source how old they are and whether quotes still take them', async () => {
    const [rates, indicativeRates] = [inMemoryRatesStore(), inMemoryRatesStore()];
    const day = { ...bundledDay, rateDate: '2026-11-23' };
    const ports = { rates, indicativeRates, marginBasisPoints: 150, now: () => now };
    expect(await presentRates(ports)).toMatchObject({ base: 'EUR', sources: [] });
    await rates.putIfAbsent(day);
    await indicativeRates.putIfAbsent({ ...day, source: 'INDICATIVE' });
    const { sources, marginBasisPoints, pegs } = await presentRates(ports);
    expect(sources).toMatchObject([
      {
        source: 'ECB',
        rateDate: '2026-11-23',
        ageDays: 3,
        missedDays: 2,
        level: 'short_locks_only',
      },
      { source: 'INDICATIVE', ageDays: 3, missedDays: 2, level: 'late' },
    ]);
    expect(sources[0]?.rates).toContainEqual({ currency: 'USD', perBase: bundledDay.rates.USD });
    expect(marginBasisPoints).toBe(150);
    expect(pegs).toContainEqual({ currency: 'AED', anchor: 'USD', perAnchor: '3.6725' });
  });

  it.each([
    ['2026-11-26', 'current'],
    ['2026-11-25', 'current'],
    ['2026-11-24', 'late'],
    ['2026-11-21', 'late'],
    ['2026-11-20', 'refused'],
  ])('of the second source, published on %s, are %s', async (rateDate, level) => {
    const indicativeRates = inMemoryRatesStore();
    await indicativeRates.putIfAbsent({ ...bundledDay, source: 'INDICATIVE', rateDate });
    const ports = { indicativeRates, marginBasisPoints: 0, now: () => now };
    const { sources } = await presentRates({ ...ports, rates: inMemoryRatesStore() });
    expect(sources).toMatchObject([{ level }]);
  });
});
