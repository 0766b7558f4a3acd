import { periodFacts } from '../../../src/process/close-period.ts';
import { reportNames, reportOf, toCsv } from '../../../src/process/period-reports.ts';
import { trialBalance, trialBalanceBy } from '../../../src/process/trial-balance.ts';
import type { Posting } from '../../../src/process/views.ts';
import { june, monthDesk } from './month-desk.ts';

describe('A report of a month', () => {
  it('tells what the month brought, apart from what was before', async () => {
    const { ports, post, views } = await monthDesk();
    await post('2026-05-12T10:00:00.000Z', [
      ['2100', 5n, 'trd_0'],
      ['4000', -5n],
    ]);
    await post(june, [
      ['2100', 40n, 'trd_1'],
      ['2200', -30n, 'seller_1'],
      ['4000', -10n],
    ]);
    const facts = await periodFacts(ports, '2026-06');
    const before = await trialBalance(views, '2026-05-31');
    const sources = { facts, before, views, batches: async () => [] };
    expect((await reportOf('fees', sources)).rows).toEqual([
      ['4000', 'platform_fee_revenue', 'EUR', 10n],
    ]);
    expect(toCsv(await reportOf('settlement-statements', sources))).toBe(
      [
        'sellerId,currency,line,amountMinor',
        'seller_1,EUR,opening_balance,0',
        'seller_1,EUR,release,30',
        'seller_1,EUR,closing_balance,30',
        '',
      ].join('\r\n'),
    );
    for (const name of reportNames) {
      const { columns, rows, totals } = await reportOf(name, sources);
      for (const row of [...rows, ...totals]) expect(row).toHaveLength(columns.length);
    }
    const { totals } = await reportOf('trial-balance', sources);
    expect(totals).toEqual([[null, null, 'EUR', 45n, 45n, 0n]]);
  });

  it('as CSV quotes what would break a row or run as a formula', () => {
    const report = { columns: ['a'], rows: [['x,"y"'], ['=SUM(A1)'], [null], [-5n]] };
    expect(toCsv(report)).toBe('a\r\n"x,""y"""\r\n\'=SUM(A1)\r\n\r\n-5\r\n');
  });
});

describe('A month by the day on which things happened (P29)', () => {
  /** A payout to a seller that the bank made in June and that was read in July, and one of July. */
  async function late() {
    const own = await monthDesk();
    const pay = async (bookedAt: string, minor: bigint, occurredAt?: string) => {
      const legs = [['2300', minor] as const, ['1200', -minor] as const, ['2200', minor] as const];
      const postings = legs.map(
        ([account, amountMinor], index): Posting => ({
          ...{ postingId: `${bookedAt}#${index}`, account, currency: 'EUR', bookedAt },
          ...{ kind: 'payout_settled', amountMinor, tradeId: 'trd_1', scope: 'seller_1' },
          ...(occurredAt === undefined ? {} : { occurredAt }),
        }),
      );
      await own.views.putPostings(postings);
      for (const { account } of postings) {
        const key = { account, currency: 'EUR', minute: bookedAt.slice(0, 16) } as const;
        await own.views.putSlice(await own.views.sumSlice(key));
      }
    };
    await pay(june, 100n);
    await pay('2026-07-01T08:00:00.000Z', 30n, '2026-06-30T00:00:00Z');
    await pay('2026-07-02T08:00:00.000Z', 7n);
    return own;
  }
  const payable = (balances: readonly { account: string; debitMinor: bigint }[]) =>
    balances.find(({ account }) => account === '2200')?.debitMinor;

  it('has what came to be known after its end, and leaves that out of the next', async () => {
    const { views } = await late();
    const by = (basis: 'booked' | 'occurred', asOf: string) => trialBalanceBy(basis, views, asOf);
    expect(payable(await by('booked', '2026-06-30'))).toBe(100n);
    expect(payable(await by('occurred', '2026-06-30'))).toBe(130n);
    expect(payable(await by('occurred', '2026-06-29'))).toBe(100n);
    for (const basis of ['booked', 'occurred'] as const) {
      expect(payable(await by(basis, '2026-07-31'))).toBe(137n);
    }
  });

  it('is told so to sellers, while the locked books stay as they were', async () => {
    const { ports, views } = await late();
    const statement = async (basis: 'booked' | 'occurred', period: string) => {
      const booked = await periodFacts(ports, period);
      const balances = await trialBalanceBy(basis, views, booked.asOf);
      const before = await trialBalanceBy(basis, views, `${period}-00`);
      const sources = { facts: { ...booked, balances }, before, basis, views };
      const { rows } = await reportOf('settlement-statements', {
        ...{ ...sources, batches: async () => [] },
      });
      return rows.map(([, , line, minor]) => [line, minor]);
    };
    expect(await statement('booked', '2026-06')).toEqual([
      ['opening_balance', 0n],
      ['payout_settled', -100n],
      ['closing_balance', -100n],
    ]);
    expect(await statement('occurred', '2026-06')).toEqual([
      ['opening_balance', 0n],
      ['payout_settled', -130n],
      ['closing_balance', -130n],
    ]);
    expect(await statement('occurred', '2026-07')).toEqual([
      ['opening_balance', -130n],
      ['payout_settled', -7n],
      ['closing_balance', -137n],
    ]);
  });
});
