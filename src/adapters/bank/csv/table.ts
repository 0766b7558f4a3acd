import { CsvError, parse } from 'csv-parse/sync';
import type { StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { unreadable } from '../reading.ts';

export type TableRow = { readonly cells: readonly string[]; readonly line: number };

export type Table = {
  readonly delimiter: string;
  readonly rows: readonly TableRow[];
  readonly problems: readonly StatementProblem[];
};

type RecordWithInfo = {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
};

/** A file of separated values as rows. A row that is broken is a problem; the others come through. */
export function readTable(text: string, delimiter = sniffDelimiter(text)): Table {
  const problems: StatementProblem[] = [];
  const refuse = (error: CsvError): undefined => {
    const at = { line: placeOf(error, 'lines'), column: placeOf(error, 'column') };
    problems.push(unreadable('csv.row_not_readable', sentenceOf(error.message), at));
  };
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // Spreadsheets write ="0123" to keep leading zeros.
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error) => (error === undefined ? undefined : refuse(error)),
    }) as unknown as readonly RecordWithInfo[];
    const rows = records.map(({ record, info }) => ({ cells: record, line: info.lines }));
    return { delimiter, rows, problems };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuse(error);
    return { delimiter, rows: [], problems };
  }
}

/** The parser's sentence, without the text of the file that it quotes. */
const sentenceOf = (message: string): string => message.split(/[:,]/)[0] ?? message;

function placeOf(error: CsvError, name: 'lines' | 'column'): number {
  const value = error[name];
  return typeof value === 'number' ? value + (name === 'column' ? 1 : 0) : 1;
}

const CANDIDATES = [',', ';', '\t', '|'] as const;
const SNIFFED_LINES = 25;

/** The separator that most lines have equally many of; quoted text does not count. */
export function sniffDelimiter(text: string): string {
  const lines = text
    .slice(0, 64_000)
    .split(/\r\n|\n|\r/)
    .slice(0, SNIFFED_LINES)
    .map((line) => line.replace(/"(?:[^"]|"")*"/g, ''))
    .filter((line) => line.trim() !== '');
  const scores = CANDIDATES.map((candidate) => {
    const counts = lines.map((line) => line.split(candidate).length - 1).filter((n) => n > 0);
    const frequency = new Map<number, number>();
    for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    return Math.max(0, ...[...frequency].map(([count, lines]) => count * lines * lines));
  });
  return CANDIDATES[scores.indexOf(Math.max(...scores))] ?? ',';
}
