import { styleText } from 'node:util';
import { widthOf } from './format.ts';

export type Color = Parameters<typeof styleText>[0];

type Stream = Pick<NodeJS.WriteStream, 'write'> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** Where people read: a terminal, which lines can be redrawn on, or a file or pipe. */
export type Terminal = {
  /** Whether what was written can be written over. */
  readonly canRedraw: boolean;
  readonly width: () => number;
  readonly write: (text: string) => void;
  readonly print: (...lines: readonly string[]) => void;
  /** Colors where the terminal shows them: not in a file, and not with NO_COLOR set. */
  readonly paint: (color: Color, text: string) => string;
};

/** A terminal on the given stream. */
export function createTerminal(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): Terminal {
  const canRedraw = stream.isTTY === true && environment['TERM'] !== 'dumb';
  const isColored = canRedraw && (environment['NO_COLOR'] ?? '') === '';
  const write = (text: string): void => {
    stream.write(text);
  };
  return {
    canRedraw,
    width: () => widthOf(stream),
    write,
    print: (...lines) => write(lines.map((line) => `${line}\n`).join('')),
    paint: (color, text) => (isColored ? styleText(color, text, { validateStream: false }) : text),
  };
}
