import type {
  StatementFormat,
  StatementLine,
  StatementProblem,
} from '../../../../events/bank/bank-statement.v1.ts';
import { statementDigits } from '../currencies.ts';
import { defined, odd, unreadable } from '../reading.ts';
import { type DateOrder, parseLocalDate } from './local-dates.ts';
import { type DecimalMark, parseLocal } from './local-numbers.ts';
import type { TableRow } from './table.ts';

/** A column's name without case, accents, doubled spaces or punctuation at its end. */
export const normalizeHeader = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/ß/g, 'ss')
    .trim()
    .replace(/[:*]+$/, '')
    .toLowerCase();

/** One movement of a row, in minor units with a sign. */
export type Movement = Pick<StatementLine, 'at' | 'bookingDate' | 'valueDate'> &
  Partial<Omit<StatementLine, 'ordinal' | 'amountMinor' | 'direction' | 'currency'>> & {
    readonly account?: string | undefined;
    readonly currency: string;
    readonly minor: bigint;
    /** The balance after it, where the file tells. */
    readonly balance?: bigint | undefined;
  };

/** A provider's export: which columns make it, in every language, and what a row means. */
export type CsvSource<Key extends string = string> = {
  readonly format: StatementFormat;
  /** Normalized names that a column goes by. */
  readonly columns: Readonly<Record<Key, readonly string[]>>;
  /** A file is of this source if it has a column of each group. */
  readonly required: readonly (readonly Key[])[];
  readonly amounts: readonly Key[];
  readonly dates: readonly Key[];
  readonly movements: (row: CsvRow<Key>) => readonly Movement[];
};

export type Conventions = {
  readonly mark: DecimalMark | undefined;
  readonly order: DateOrder | undefined;
};

/** Where each key's column is. */
export type ColumnIndex<Key extends string = string> = Readonly<Partial<Record<Key, number>>>;

/** A row by its columns' meaning. It keeps what is wrong with the values that were asked for. */
export class CsvRow<Key extends string = string> {
  readonly problems: StatementProblem[] = [];
  private readonly row: TableRow;
  private readonly index: ColumnIndex<Key>;
  private readonly conventions: Conventions;

  constructor(row: TableRow, index: ColumnIndex<Key>, conventions: Conventions) {
    this.row = row;
    this.index = index;
    this.conventions = conventions;
  }

  get at(): { readonly line: number } {
    return { line: this.row.line };
  }

  has(key: Key): boolean {
    return this.index[key] !== undefined;
  }

  text(key: Key): string {
    const column = this.index[key];
    return column === undefined ? '' : (this.row.cells[column] ?? '').trim();
  }

  /** The value in lower case without accents, for comparing words. */
  word(key: Key): string {
    return normalizeHeader(this.text(key));
  }

  /** Undefined, and a problem, for what is no amount. An empty value is undefined alone. */
  amount(key: Key, currency: string): bigint | undefined {
    const text = this.text(key);
    if (text === '') return undefined;
    const parsed = parseLocal(text, currency, this.conventions.mark);
    if (parsed.ok) return parsed.minor;
    this.refuse(`line.${parsed.fault}`, parsed.detail, key);
    return undefined;
  }

  /** As `amount`, but an empty value is a problem too: the row has nothing to say without it. */
  neededAmount(key: Key, currency: string): bigint | undefined {
    if (this.text(key) === '') this.refuse('line.amount_missing', 'There is no amount.', key);
    return this.amount(key, currency);
  }

  currency(key: Key): string | undefined {
    const code = this.text(key).toUpperCase();
    if (statementDigits(code) !== undefined) return code;
    const detail = `${JSON.stringify(this.text(key).slice(0, 20))} is no ISO 4217 currency.`;
    this.refuse('line.currency_unknown', detail, key);
    return undefined;
  }

  date(key: Key): string | null {
    const text = this.text(key);
    if (text === '') return null;
    const date = parseLocalDate(text, this.conventions.order);
    if (date === undefined) {
      const detail = `${JSON.stringify(text.slice(0, 30))} is no date.`;
      this.problems.push(odd('line.date_invalid', detail, this.place(key)));
    }
    return date ?? null;
  }

  /** True if the value is a day: headings and footnotes have none. */
  hasDate(key: Key): boolean {
    return parseLocalDate(this.text(key), this.conventions.order) !== undefined;
  }

  refuse(code: string, detail: string, key: Key): void {
    this.problems.push(unreadable(code, detail, this.place(key)));
  }

  private place(key: Key): { line: number; column?: number; path: string } {
    const column = this.index[key];
    return {
      line: this.row.line,
      ...defined({ column: column === undefined ? undefined : column + 1 }),
      path: key,
    };
  }
}

/** The widest export that is known has 120. */
const MOST_COLUMNS = 500;

/** The columns of a source in a header row, or undefined where the row is not its header. */
export function columnsOf<Key extends string>(
  source: CsvSource<Key>,
  header: readonly string[],
): ColumnIndex<Key> | undefined {
  const names = header.slice(0, MOST_COLUMNS).map(normalizeHeader);
  const index: Partial<Record<Key, number>> = {};
  for (const [key, aliases] of Object.entries(source.columns) as [Key, readonly string[]][]) {
    const found = aliases.map((alias) => names.indexOf(alias)).find((column) => column >= 0);
    if (found !== undefined) index[key] = found;
  }
  const isComplete = source.required.every((keys) => keys.some((key) => index[key] !== undefined));
  return isComplete ? index : undefined;
}
