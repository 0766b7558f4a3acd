export type Cell = string | number;

/** What a spreadsheet would run as a formula is kept text by an apostrophe; amounts stay numbers. */
const inert = (text: string): string =>
  /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;

const quoted = (cell: Cell): string => {
  const text = inert(String(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as RFC 4180 has it, with a header row. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
