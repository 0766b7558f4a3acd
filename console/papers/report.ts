import type { PeriodState } from '../../src/ledger/period.ts';
import { isCurrencyCode } from '../../src/money/currency.ts';
import { toMajorString } from '../../src/money/format.ts';
import { money } from '../../src/money/money.ts';
import type { Report, ReportName, ReportRow } from '../../src/process/period-reports.ts';
import type { Column } from './paper.ts';
import { type ReportLanguage, type ReportWords, reportWordsIn } from './report-words.ts';

export type ReportFacts = {
  readonly name: ReportName;
  readonly report: Report;
  readonly period: string;
  readonly asOf: string;
  readonly state: PeriodState;
  /** The address under which the deployment is reached. */
  readonly platform: string;
};

/** A report as it is to be printed: texts in their places, and nothing of how they look. */
export type ReportSheet = {
  readonly language: ReportLanguage;
  readonly title: string;
  readonly asOf: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly string[])[];
  /** Where there are no rows. */
  readonly nothing: string;
  /** `Page {n} of {of}` */
  readonly page: string;
};

/** A report of a period in one language: the same rows and totals as in JSON, amounts in major units. */
export function writeReport(facts: ReportFacts, language: ReportLanguage): ReportSheet {
  const words = reportWordsIn(language);
  const { columns, rows, totals } = facts.report;
  const cellsOf = (row: ReportRow): readonly string[] =>
    columns.map((column, index) => cellOf(words, { column, row, columns, value: row[index] }));
  const texts = rows.map(cellsOf);
  const sums = totals.map(cellsOf).map(([first = '', ...rest]) => [first || words.total, ...rest]);
  return {
    ...{ language, title: words.report[facts.name], asOf: facts.asOf, page: words.page },
    fields: fieldsOf(words, facts),
    columns: columns.map((column, index) => columnOf(words, column, [...texts, ...sums], index)),
    ...{ rows: texts, totals: sums, nothing: words.nothing },
  };
}

/** What a positive amount of a report means. */
const SIGNS: Readonly<Record<ReportName, keyof ReportWords['signs']>> = {
  'trial-balance': 'debit',
  fees: 'income',
  'fx-result': 'income',
  'open-items': 'debit',
  safeguarding: 'plain',
  'settlement-statements': 'owed',
  'payout-batches': 'plain',
};

function fieldsOf(
  words: ReportWords,
  { name, platform, period, asOf, state }: ReportFacts,
): ReportSheet['fields'] {
  return [
    [words.platform, `Tradelane, ${platform}`],
    [words.period, period],
    [words.asOf, asOf],
    [words.state, words.status[state.status]],
    ...(state.status === 'locked'
      ? ([
          [words.lockedAt, state.lockedAt.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')],
          [words.hash, state.snapshot.snapshotSha256],
        ] as const)
      : []),
    [words.amounts, words.signs[SIGNS[name]]],
  ];
}

type Cell = {
  readonly column: string;
  readonly columns: readonly string[];
  readonly row: ReportRow;
  readonly value: ReportRow[number] | undefined;
};

const MINOR = /Minor$/;
/** Columns whose texts are codes that have words. */
const CODED: readonly string[] = ['line', 'status'];

function cellOf(words: ReportWords, { column, columns, row, value }: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint') return amountOf(value, row[columns.indexOf('currency')]);
  if (column === 'name')
    return words.account[String(row[columns.indexOf('account')])] ?? String(value);
  return CODED.includes(column) ? wordFor(words, String(value)) : String(value);
}

/** A code that has no word of its own is read as it is. */
const wordFor = ({ code }: ReportWords, value: string): string =>
  code[value] ?? value.replaceAll('_', ' ');

const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** Exact at any size, grouped as both languages group it. */
function amountOf(amountMinor: bigint, currency: ReportRow[number] | undefined): string {
  if (typeof currency !== 'string' || !isCurrencyCode(currency)) return String(amountMinor);
  const [whole = '', fraction] = toMajorString(money(currency, amountMinor)).split('.');
  const grouped = whole.replaceAll(GROUPS, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const COUNTS: readonly string[] = ['payments', 'attempt'];
const NARROWEST = 6;
const WIDEST = 34;

/** As wide as its longest text asks for, within bounds. */
function columnOf(
  words: ReportWords,
  column: string,
  rows: readonly (readonly string[])[],
  index: number,
): Column {
  const name = column.replace(MINOR, '');
  const title = words.column[name] ?? name;
  const lengths = rows.map((row) => row[index]?.length ?? 0);
  const longest = lengths.reduce((most, length) => Math.max(most, length), title.length);
  const isNumber = MINOR.test(column) || COUNTS.includes(column);
  return {
    title,
    share: Math.min(Math.max(longest + 2, NARROWEST), WIDEST),
    align: isNumber ? 'end' : 'start',
  };
}
