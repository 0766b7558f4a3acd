import { type AccountBalance, accountName } from '../ledger/balances.ts';
import { safeguardingOf } from '../ledger/safeguarding.ts';
import { ageBand, businessDaysBetween } from '../reconciliation/business-days.ts';
import type { presentPayments } from './batch-view.ts';
import type { PeriodFacts } from './close-period.ts';
import { type Basis, bookedLater } from './trial-balance.ts';
import type { Posting, ViewStore } from './views.ts';

/** One of a report's rows, in the order of its columns. */
export type ReportRow = readonly (string | bigint | number | null)[];

/** A report as a table: the same in JSON, CSV and PDF. Amounts are minor units. */
export type Report = {
  readonly columns: readonly string[];
  readonly rows: readonly ReportRow[];
  /** For each currency what the rows come to, in the same columns; CSV leaves it to the reader. */
  readonly totals: readonly ReportRow[];
};

export const reportNames = [
  'trial-balance',
  'fees',
  'fx-result',
  'open-items',
  'safeguarding',
  'settlement-statements',
  'payout-batches',
] as const;
export type ReportName = (typeof reportNames)[number];

/** Reports of what moved, which may be told by the day on which it happened. */
export const reportsByOccurrence: readonly ReportName[] = [
  ...(['trial-balance', 'fees', 'fx-result', 'settlement-statements'] as const),
];

/** What the platform keeps, and what that costs it. */
const FEE_ACCOUNTS = ['4000', '5000', '5110', '5500'];
const FX_ACCOUNTS = ['4100', '5200'];
const SELLER_PAYABLE = '2200';

/** A batch as `GET /v1/payout-batches/{batchId}` shows it. */
export type PaidBatch = Awaited<ReturnType<typeof presentPayments>>;

export type ReportSources = {
  readonly facts: PeriodFacts;
  /** Every account up to the end of the period before. */
  readonly before: readonly AccountBalance[];
  /** By which day a posting counts; `facts` has the balances of that. */
  readonly basis?: Basis;
  readonly views: Pick<ViewStore, 'listLedgerDays' | 'listPostings' | 'listLatePostings'>;
  /** The batches for the bank of the period, each with its payments. */
  readonly batches: () => Promise<readonly PaidBatch[]>;
};

/** Makes a report of a period from the books. */
export async function reportOf(name: ReportName, sources: ReportSources): Promise<Report> {
  const { facts, before } = sources;
  switch (name) {
    case 'trial-balance':
      return table(
        'account name currency debitMinor creditMinor balanceMinor',
        facts.balances.map(({ account, currency, debitMinor, creditMinor }) => [
          ...[account, accountName(account), currency],
          ...[debitMinor, creditMinor, debitMinor - creditMinor],
        ]),
      );
    case 'fees':
      return turnoverOf(FEE_ACCOUNTS, facts.balances, before);
    case 'fx-result':
      return fxResult(facts, before);
    case 'open-items':
      return openItems(facts);
    case 'safeguarding':
      return table(
        'currency coverMinor segregatedMinor owedMinor positionMinor shortfallMinor',
        safeguardingOf(facts.balances).map((one) => [
          ...[one.currency, one.coverMinor, one.segregatedMinor],
          ...[one.owedMinor, one.positionMinor, one.shortfallMinor],
        ]),
        [],
      );
    case 'settlement-statements':
      return settlementStatements(sources);
    case 'payout-batches':
      return payoutBatches(await sources.batches());
  }
}

/** A table with its totals: of all its rows, or of those that do not repeat others. */
function table(columns: string, rows: Report['rows'], counted: Report['rows'] = rows): Report {
  const names = columns.split(' ');
  return { columns: names, rows, totals: totalsOf(names, counted) };
}

function totalsOf(columns: readonly string[], rows: Report['rows']): Report['totals'] {
  const place = columns.indexOf('currency');
  return grouped(rows, place).map(([currency, own]) =>
    columns.map((column, index) => {
      if (index === place) return currency;
      return column.endsWith('Minor') ? sumAt(own, index) : null;
    }),
  );
}

/** Rows by what they have at one place, in the order of that. */
const grouped = (
  rows: Report['rows'],
  place: number,
): readonly [ReportRow[number], Report['rows']][] =>
  [...Map.groupBy(rows, (row) => row[place] ?? null).entries()].sort(([one], [other]) =>
    String(one) < String(other) ? -1 : 1,
  );

const sumAt = (rows: Report['rows'], index: number): bigint =>
  rows.reduce((sum, row) => sum + BigInt(row[index] ?? 0), 0n);

/** What moved on some accounts within the period: credits are income. */
function turnoverOf(
  accounts: readonly string[],
  balances: readonly AccountBalance[],
  before: readonly AccountBalance[],
): Report {
  const rows = balances
    .filter(({ account }) => accounts.includes(account))
    .map((balance) => {
      const { account, currency } = balance;
      const earlier = before.find((one) => one.account === account && one.currency === currency);
      const net = netOf(balance) - (earlier === undefined ? 0n : netOf(earlier));
      return [account, accountName(account), currency, -net];
    });
  return table('account name currency incomeMinor', rows);
}

const netOf = ({ debitMinor, creditMinor }: AccountBalance): bigint => debitMinor - creditMinor;

/** What is realized by account; what is not, at the closing rate, for this period only (5210). */
function fxResult(
  { balances, revaluation }: PeriodFacts,
  before: readonly AccountBalance[],
): Report {
  const realized = turnoverOf(FX_ACCOUNTS, balances, before);
  const { unrealized } = revaluation ?? {};
  if (unrealized === undefined || unrealized.amountMinor === 0n) return realized;
  const row = ['5210', accountName('5210'), unrealized.currency, unrealized.amountMinor];
  return table(realized.columns.join(' '), [...realized.rows, row]);
}

function openItems({ openItems: items, asOf }: PeriodFacts): Report {
  const rows = items.map(({ account, currency, scope, balanceMinor, since }) => [
    ...[account, accountName(account), currency, scope, balanceMinor, since],
    ageBand(businessDaysBetween(since, asOf)),
  ]);
  return table('account name currency scope balanceMinor since age', rows);
}

/** For each seller: what was owed at the beginning, what the period brought by kind, what is owed. */
async function settlementStatements({
  facts,
  before,
  views,
  basis,
}: ReportSources): Promise<Report> {
  const { asOf, period } = facts;
  const days = await views.listLedgerDays(asOf);
  const known = new Set([...facts.balances, ...before].map(({ currency }) => currency));
  const postings: Posting[] = [];
  for (const currency of known) {
    for (const day of days) {
      postings.push(...(await views.listPostings({ account: SELLER_PAYABLE, currency, day })));
    }
  }
  if (basis === 'occurred') {
    const late = await bookedLater(views, asOf);
    postings.push(...late.filter(({ account }) => account === SELLER_PAYABLE));
  }
  const dayOf = ({ occurredAt, bookedAt }: Posting): string =>
    basis === 'occurred' ? (occurredAt ?? bookedAt) : bookedAt;
  const bySeller = Map.groupBy(postings, ({ scope, currency }) => `${scope}\n${currency}`);
  const rows = [...bySeller.entries()].sort().flatMap(([key, own]) => {
    const [sellerId = '', currency = ''] = key.split('\n');
    const within = own.filter((one) => dayOf(one).startsWith(period));
    const opening = -sumOf(own.filter((one) => !within.includes(one)));
    const kinds = [...Map.groupBy(within, ({ kind }) => kind).entries()].sort();
    return [
      [sellerId, currency, 'opening_balance', opening],
      ...kinds.map(([kind, some]) => [sellerId, currency, kind, -sumOf(some)]),
      [sellerId, currency, 'closing_balance', -sumOf(own)],
    ];
  });
  const closing = rows.filter(([, , line]) => line === 'closing_balance');
  return table('sellerId currency line amountMinor', rows, closing);
}

/** Each batch with its sum, then its payments with what became of each; counted are the payments. */
function payoutBatches(batches: readonly PaidBatch[]): Report {
  const rows = batches.flatMap((batch) => [
    batchRow(batch),
    ...batch.payments.map(paymentRow(batch)),
  ]);
  const columns =
    'batchId line status executionDate payments payoutId tradeId attempt currency amountMinor';
  const payments = rows.filter(([, line]) => line === 'payment');
  const { totals, ...report } = table(columns, rows, payments);
  return { ...report, totals: totals.flatMap((total) => outcomesOf(total, payments)) };
}

const batchRow = ({ id, status, executionDate, payments, controlSum }: PaidBatch): ReportRow => [
  ...[id, 'batch', status, executionDate ?? null, payments.length, null, null, null],
  ...[controlSum.currency, controlSum.amountMinor],
];

const paymentRow =
  ({ id }: PaidBatch) =>
  ({ status, payoutId, tradeId, attempt, amount }: PaidBatch['payments'][number]): ReportRow => [
    ...[id, 'payment', status, null, null, payoutId, tradeId, attempt],
    ...[amount.currency, amount.amountMinor],
  ];

/** A currency's payments, how many and how much, by what became of them, and all together. */
function outcomesOf(total: ReportRow, payments: Report['rows']): Report['totals'] {
  const currency = total[CURRENCY_PLACE] ?? null;
  const own = payments.filter((row) => row[CURRENCY_PLACE] === currency);
  const totalOf = (status: ReportRow[number], some: Report['rows']): ReportRow => [
    ...[null, null, status, null, some.length, null, null, null],
    ...[currency, sumAt(some, CURRENCY_PLACE + 1)],
  ];
  const byStatus = grouped(own, STATUS_PLACE);
  return [...byStatus.map(([status, some]) => totalOf(status, some)), totalOf(null, own)];
}
const STATUS_PLACE = 2;
const CURRENCY_PLACE = 8;

const sumOf = (postings: readonly Posting[]): bigint =>
  postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** RFC 4180, with a header. A text that a spreadsheet would take for a formula is quoted by a `'`. */
export const toCsv = ({ columns, rows }: Pick<Report, 'columns' | 'rows'>): string =>
  [columns, ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n');

function cell(value: string | bigint | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : value.toString();
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
