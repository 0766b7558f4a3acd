import { createTerminal, type Terminal } from '../../../local/cli/terminal.ts';

export type Paper = { readonly terminal: Terminal; readonly text: () => string };

/** A terminal that keeps what was written: a file, unless `columns` say how wide a screen it is. */
export function paper({
  columns,
  environment = { NO_COLOR: '1' },
}: {
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
} = {}): Paper {
  let written = '';
  const write = (chunk: string | Uint8Array): boolean => {
    written += chunk;
    return true;
  };
  const stream = columns === undefined ? { write } : { write, isTTY: true, columns };
  return { terminal: createTerminal(stream, environment), text: () => written };
}

/** A clock that shows the given milliseconds, one after the other. */
export function clockOf(...readings: readonly number[]): () => number {
  const left = [...readings];
  return () => left.shift() ?? Number.NaN;
}
