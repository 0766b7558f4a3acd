import { shorten } from './format.ts';

export type Column<Row> = {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Gives way where the table is too wide, and is cut off with `…`. */
  readonly shrinks?: boolean;
  readonly cell: (row: Row) => string;
  /** Colors a cell after it was padded, so that the colors take no room. */
  readonly paint?: (padded: string, row: Row) => string;
};

export type TableStyle = {
  /** The columns of the terminal; no limit by default. */
  readonly width?: number;
  readonly indent?: number;
  readonly paintTitles?: (line: string) => string;
};

const GAP = 2;
const unpainted = (text: string): string => text;

/** A table as lines: titles, a rule, a line per row. Every cell is one line of plain text. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width = Number.POSITIVE_INFINITY, indent = 2, paintTitles = unpainted }: TableStyle = {},
): readonly string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const natural = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((texts) => texts[index]?.length ?? 0)),
  );
  const widths = narrow(natural, columns, width - indent);
  const margin = ' '.repeat(indent);
  const line = (texts: readonly string[], paint: (text: string, index: number) => string) =>
    margin +
    columns
      .map((column, index) => paint(pad(texts[index] ?? '', column, widths[index] ?? 0), index))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    paintTitles(line(titlesOf(columns), unpainted)),
    paintTitles(margin + widths.map((columnWidth) => '─'.repeat(columnWidth)).join('  ')),
    ...rows.map((row, rowIndex) =>
      line(cells[rowIndex] ?? [], (text, index) => columns[index]?.paint?.(text, row) ?? text),
    ),
  ];
}

const titlesOf = <Row>(columns: readonly Column<Row>[]) => columns.map(({ title }) => title);

/** Takes what is too wide from the columns that may shrink, from the last one first. */
function narrow<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  room: number,
): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1)) - room;
  for (let index = widths.length - 1; index >= 0 && excess > 0; index -= 1) {
    const column = columns[index];
    const width = widths[index] ?? 0;
    if (column?.shrinks !== true) continue;
    const taken = Math.min(excess, width - Math.min(width, column.title.length));
    widths[index] = width - taken;
    excess -= taken;
  }
  return widths;
}

const pad = <Row>(text: string, { align }: Column<Row>, width: number): string => {
  const shown = shorten(text, width);
  return align === 'right' ? shown.padStart(width) : shown.padEnd(width);
};
