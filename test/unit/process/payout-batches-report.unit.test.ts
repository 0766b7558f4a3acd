import { reportOf } from '../../../src/process/period-reports.ts';
import { monthOf } from '../../support/report-month.ts';

describe('The payout batches of a month', () => {
  it('are each batch with its sum, then its payments with what became of them', async () => {
    const { columns, rows } = await reportOf('payout-batches', monthOf());
    expect(columns.join(' ')).toBe(
      'batchId line status executionDate payments payoutId tradeId attempt currency amountMinor',
    );
    const krw = 'batch_20260612_krw_a_1';
    expect(rows.slice(0, 3)).toEqual([
      [krw, 'batch', 'closed', '2026-06-15', 2, null, null, null, 'KRW', 15_000_000n],
      [krw, 'payment', 'settled', null, null, 'payout_1', 'trd_1', 1, 'KRW', 9_000_000n],
      [krw, 'payment', 'returned', null, null, 'payout_2', 'trd_2', 1, 'KRW', 6_000_000n],
    ]);
    expect(rows[3]?.slice(0, 5)).toEqual(['batch_20260630_eur_a_1', 'batch', 'open', null, 1]);
  });

  it('come, in each currency, to so many payments and so much by outcome and in all', async () => {
    const { totals } = await reportOf('payout-batches', monthOf());
    const none = [null, null, null];
    expect(totals).toEqual([
      [null, null, 'submitted', null, 1, ...none, 'EUR', 12_345n],
      [null, null, null, null, 1, ...none, 'EUR', 12_345n],
      [null, null, 'returned', null, 1, ...none, 'KRW', 6_000_000n],
      [null, null, 'settled', null, 1, ...none, 'KRW', 9_000_000n],
      [null, null, null, null, 2, ...none, 'KRW', 15_000_000n],
    ]);
  });
});
