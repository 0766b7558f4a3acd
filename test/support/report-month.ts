import type { AccountBalance } from '../../src/ledger/balances.ts';
import { accountName } from '../../src/ledger/balances.ts';
import type { CurrencyCode } from '../../src/money/currency.ts';
import { money } from '../../src/money/money.ts';
import type { PaidBatch, ReportSources } from '../../src/process/period-reports.ts';
import type { Posting } from '../../src/process/views.ts';

const balance = (account: string, currency: CurrencyCode, debit: bigint, credit: bigint) => ({
  ...{ account, name: accountName(account), currency },
  ...{ debitMinor: debit, creditMinor: credit },
});

const balances: readonly AccountBalance[] = [
  balance('1100', 'EUR', 2_300_000n, 1_100_000n),
  balance('1200', 'KRW', 15_000_000n, 0n),
  balance('1400', 'EUR', 0n, 200_000n),
  balance('2200', 'EUR', 900_000n, 1_880_000n),
  balance('2200', 'KRW', 0n, 15_000_000n),
  balance('4000', 'EUR', 0n, 19_900n),
  balance('4100', 'EUR', 0n, 4_200n),
  balance('5000', 'EUR', 4_100n, 0n),
];

const postings: readonly Posting[] = [
  ...[['release', -1_880_000n] as const, ['payout_initiated', 900_000n] as const].map(
    ([kind, amountMinor], index): Posting => ({
      ...{ postingId: `p${index}`, account: '2200', currency: 'EUR', scope: 'seller_1', kind },
      ...{ amountMinor, bookedAt: '2026-06-12T10:00:00.000Z', tradeId: 'trd_1' },
    }),
  ),
];

const payment = (
  ordinal: number,
  {
    currency,
    amountMinor,
    status,
  }: { currency: CurrencyCode; amountMinor: bigint; status: string },
): PaidBatch['payments'][number] => ({
  ...{
    payoutId: `payout_${ordinal}`,
    tradeId: `trd_${ordinal}`,
    attempt: 1,
    endToEndId: `TL${ordinal}`,
  },
  ...{ uetr: `0000-${ordinal}`, amount: money(currency, amountMinor) },
  status: status as PaidBatch['payments'][number]['status'],
});

const batches: readonly PaidBatch[] = [
  {
    ...{ id: 'batch_20260612_krw_a_1', status: 'closed', executionDate: '2026-06-15' },
    ...{ closesAt: '2026-06-12T15:00:00.000Z', closedAt: '2026-06-12T15:00:01.000Z' },
    controlSum: money('KRW', 15_000_000n),
    payments: [
      payment(1, { currency: 'KRW', amountMinor: 9_000_000n, status: 'settled' }),
      payment(2, { currency: 'KRW', amountMinor: 6_000_000n, status: 'returned' }),
    ],
  },
  {
    ...{ id: 'batch_20260630_eur_a_1', status: 'open', closesAt: '2026-06-30T15:00:00.000Z' },
    controlSum: money('EUR', 12_345n),
    payments: [payment(3, { currency: 'EUR', amountMinor: 12_345n, status: 'submitted' })],
  },
];

/** The books of a month that has something for every report. */
export const monthOf = (): ReportSources => ({
  facts: {
    ...{ period: '2026-06', asOf: '2026-06-30', balances, revaluation: undefined, checks: [] },
    openItems: [
      { account: '2900', currency: 'EUR', scope: 'lin_1', balanceMinor: -70n, since: '2026-06-12' },
    ],
  },
  before: [balance('4000', 'EUR', 0n, 900n)],
  views: {
    listLedgerDays: async () => ['2026-06-12'],
    listLatePostings: async () => [],
    listPostings: async ({ currency }) => (currency === 'EUR' ? postings : []),
  },
  batches: async () => batches,
});
