import type { ComponentChildren } from 'preact';
import type { Money } from './answers.ts';
import { useDesk } from './context.ts';
import { type Cell, csvOf } from './csv.ts';
import { decimalOf, moneyText } from './format.ts';
import { save } from './save.ts';

type Plain<T> = {
  readonly label: string;
  /** What a spreadsheet gets, and a reader too where there is no `cell`. */
  readonly value: (row: T) => Cell;
  readonly cell?: (row: T) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Sentences, which may take several lines; what is not long stays on one. */
  readonly isLong?: boolean;
};

/** An amount is a column for readers, and two for spreadsheets: the number and its currency. */
type OfMoney<T> = {
  readonly label: string;
  readonly money: (row: T) => Money | null;
  /** What a reader sees below it. */
  readonly below?: (row: T) => ComponentChildren;
};

export type Column<T> = Plain<T> | OfMoney<T>;

type TableProps<T> = {
  readonly caption: string;
  /** A heading above says the same as the caption, which is then for those who listen. */
  readonly isTitled?: boolean;
  /** The name of the file for spreadsheets, without its ending. */
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** What to do where there are no rows. */
  readonly empty: string;
};

const isMoney = <T,>(column: Column<T>): column is OfMoney<T> => 'money' in column;

/** Rows as CSV, with a header; amounts as decimals with their currency beside them. */
function csvRows<T>(columns: readonly Column<T>[], rows: readonly T[], currency: string): Cell[][] {
  const header = columns.flatMap((column) =>
    isMoney(column) ? [column.label, `${column.label} (${currency})`] : [column.label],
  );
  const cellsOf = (row: T): Cell[] =>
    columns.flatMap((column) => {
      if (!isMoney(column)) return [column.value(row)];
      const amount = column.money(row);
      return amount === null
        ? ['', '']
        : [decimalOf(amount.amountMinor, amount.currency), amount.currency];
    });
  return [header, ...rows.map(cellsOf)];
}

function classOf<T>(column: Column<T>): string {
  if (isMoney(column) || column.isNumber === true) return 'number';
  return column.isLong === true ? 'long' : '';
}

/** A table that can be scrolled by keyboard and saved as CSV; without rows, what to do. */
export function Table<T>(props: TableProps<T>) {
  const { caption, isTitled = false, name, columns, rows, keyOf, empty } = props;
  const { w, language } = useDesk();
  if (rows.length === 0) return <p class="note">{empty}</p>;
  const saveCsv = () => {
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    const text = `\ufeff${csvOf(csvRows(columns, rows, w.currency))}`;
    save(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
  };
  const contentOf = (column: Column<T>, row: T): ComponentChildren => {
    if (!isMoney(column)) return column.cell === undefined ? column.value(row) : column.cell(row);
    const amount = column.money(row);
    if (amount === null) return '–';
    const text = moneyText(language, amount.amountMinor, amount.currency);
    return column.below === undefined ? text : [text, column.below(row)];
  };
  return (
    <div class="frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" aria-label={caption} tabIndex={0}>
        <table>
          <caption class={isTitled ? 'unseen' : ''}>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.label} scope="col" class={classOf(column)}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <td key={column.label} class={classOf(column)}>
                    {contentOf(column, row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="foot">
        <span class="soft">
          {w.rows}: {rows.length}
        </span>
        <button type="button" class="second" aria-label={`${w.csv}: ${caption}`} onClick={saveCsv}>
          {w.csv}
        </button>
      </div>
    </div>
  );
}
