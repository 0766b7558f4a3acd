const WIDTH = 11;

/** A row of a table for a terminal. */
export const columns = (cells: readonly string[]): string =>
  `${cells.map((cell) => cell.padStart(WIDTH)).join('')}\n`;
