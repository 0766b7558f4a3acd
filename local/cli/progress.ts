import { secondsText } from './format.ts';
import type { Terminal } from './terminal.ts';

export type Progress = {
  /** A step begins, and with it the one before ends. */
  readonly step: (name: string) => void;
  /** The last step ends. Answers the milliseconds since the first began. */
  readonly done: () => number;
};

const NAME_WIDTH = 52;
const TIME_WIDTH = 8;

/**
 * Shows the steps of something that takes seconds: on a terminal each with the time it took, in a
 * file a line as each begins, with the time since the first.
 */
export function showProgress(
  terminal: Terminal,
  now: () => number = () => performance.now(),
): Progress {
  const startedAtMs = now();
  let current: { readonly name: string; readonly atMs: number } | undefined;

  const finish = (): void => {
    if (current === undefined || !terminal.canRedraw) return;
    const time = secondsText(now() - current.atMs).padStart(TIME_WIDTH);
    const line = `  ${terminal.paint('green', '✓')} ${current.name.padEnd(NAME_WIDTH)}`;
    terminal.write(`\r\x1b[2K${line}${terminal.paint('dim', time)}\n`);
  };

  return {
    step: (name) => {
      finish();
      current = { name, atMs: now() };
      if (terminal.canRedraw) terminal.write(`  ${terminal.paint('dim', `… ${name}`)}`);
      else
        terminal.print(`${secondsText(current.atMs - startedAtMs).padStart(TIME_WIDTH)}  ${name}`);
    },
    done: () => {
      finish();
      current = undefined;
      return now() - startedAtMs;
    },
  };
}
