import type { StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { paypalSource } from '../paypal/source.ts';
import {
  odd,
  refused,
  type StatementReader,
  type StatementReading,
  unreadable,
} from '../reading.ts';
import { revolutSources } from '../revolut/source.ts';
import {
  stripeBalanceSource,
  stripePaymentsColumns,
  stripePayoutsSource,
} from '../stripe/source.ts';
import { wiseBalanceSource, wiseTransfersSource } from '../wise/source.ts';
import { genericSource, lacksCurrency } from './generic.ts';
import { groupMovements } from './group-movements.ts';
import { dateOrder } from './local-dates.ts';
import { decimalMark } from './local-numbers.ts';
import { type CsvMapping, mappedSource } from './mapping.ts';
import {
  type ColumnIndex,
  type Conventions,
  CsvRow,
  type CsvSource,
  columnsOf,
  normalizeHeader,
} from './source.ts';
import { readTable, type Table, type TableRow } from './table.ts';

/** Providers' own exports before the general one: the first whose columns are all there is it. */
const sources: readonly CsvSource[] = [
  paypalSource,
  wiseBalanceSource,
  wiseTransfersSource,
  ...revolutSources,
  stripeBalanceSource,
  stripePayoutsSource,
];

/** Bank portals put the account and the period above the header. */
const HIGHEST_HEADER = 30;

/** Comma, semicolon, tab or bar separated exports, in the number and date formats of any place. */
export const csvReader: StatementReader = { recognizes: () => true, read: (text) => readCsv(text) };

type Found = {
  readonly source: CsvSource;
  readonly index: ColumnIndex;
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
};

/** Reads an export that is known by its columns, or by a mapping where one is given. */
export function readCsv(text: string, mapping?: CsvMapping): StatementReading {
  const table = readTable(text, mapping?.delimiter);
  const found = findHeader(table, mapping);
  if (found === undefined) return unknownColumns(table);
  const { source, index, rows } = found;
  const problems: StatementProblem[] = [...table.problems, ...cutOff(text, found)];
  const conventions = conventionsOf(found, mapping, problems);
  const movements = rows.flatMap((row) => {
    const csvRow = new CsvRow(row, index, conventions);
    const read = source.movements(csvRow);
    problems.push(...csvRow.problems);
    return read;
  });
  if (movements.length === 0 && problems.length === 0) {
    const detail = 'The columns are known, and no row below them tells a movement.';
    problems.push(unreadable('csv.no_rows', detail, { line: found.header.line }));
  }
  return { format: source.format, statements: groupMovements(source.format, movements), problems };
}

function findHeader(table: Table, mapping: CsvMapping | undefined): Found | undefined {
  const head = table.rows.slice(0, HIGHEST_HEADER);
  const preface = (row: number): readonly TableRow[] => head.slice(0, row);
  for (const [position, header] of head.entries()) {
    const candidates =
      mapping === undefined
        ? [...sources, genericSource(header.cells.slice(0, 500), preface(position))]
        : [mappedSource(mapping)];
    for (const source of candidates) {
      const index = columnsOf(source, header.cells);
      if (index !== undefined) {
        return { source, index, header, rows: table.rows.slice(position + 1) };
      }
    }
  }
  return undefined;
}

function conventionsOf(
  { source, index, rows }: Found,
  mapping: CsvMapping | undefined,
  problems: StatementProblem[],
): Conventions {
  const values = (keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => {
      const column = index[key];
      return column === undefined ? [] : rows.map((row) => row.cells[column] ?? '');
    });
  const dates = values(source.dates);
  const order = mapping?.dateOrder ?? dateOrder(dates);
  if (order === undefined && dates.some((date) => /^\d{1,2}\/\d{1,2}\/\d{2}/.test(date))) {
    const detail = 'No date tells whether its day or its month comes first; read day first.';
    problems.push(odd('csv.date_order_unknown', detail, { line: rows[0]?.line ?? 1 }));
  }
  return { mark: mapping?.decimalMark ?? decimalMark(values(source.amounts)), order };
}

/**
 * A last row that is short and has no line end was cut off in the middle. Footnotes are short too,
 * but stand below another short row.
 */
function cutOff(text: string, { header, rows }: Found): readonly StatementProblem[] {
  const last = rows.at(-1);
  if (last === undefined || /[\r\n]$/.test(text)) return [];
  const isShort = ({ cells }: TableRow): boolean => cells.length < header.cells.length;
  const isFootnote = last.cells.length === 1 && rows.slice(-2, -1).some(isShort);
  if (!isShort(last) || isFootnote) return [];
  const detail = `The last row has ${last.cells.length} of ${header.cells.length} columns and no line end.`;
  return [unreadable('csv.truncated', detail, { line: last.line })];
}

function unknownColumns({ rows, problems }: Table): StatementReading {
  const [first] = rows;
  const names = (first?.cells ?? []).map(normalizeHeader);
  if (stripePaymentsColumns.every((name) => names.includes(name))) {
    const detail =
      'This is Stripe’s export of payments, which has no balance transactions: export the balance or the payouts.';
    return refused(null, 'stripe.payments_export', detail, { line: first?.line ?? 1 });
  }
  const plain = rows.slice(0, HIGHEST_HEADER).find(({ cells }) => lacksCurrency(cells));
  if (plain !== undefined) {
    const detail = 'Date and amount are known, the currency is not: name it in a mapping.';
    return refused('csv', 'csv.currency_missing', detail, { line: plain.line });
  }
  const reading = refused(
    null,
    'statement.unknown_format',
    'Expected camt, MT940, MT942, BAI2 or an export whose columns are known; found none of them.',
    { line: first?.line ?? 1, column: 1 },
  );
  return { ...reading, problems: [...reading.problems, ...problems] };
}
