import type { Terminal } from '../../local/cli/terminal.ts';
import { replayCommand } from './cli-case.ts';
import type { FailedWorld } from './cli-jobs.ts';

/** A violation as `--json` prints it. */
export type ReportedViolation = {
  readonly invariant: string;
  readonly seed: number;
  readonly trade: string | null;
  readonly replay: string;
  readonly detail: string;
};

/** The first violation of a world; what fails after it may only follow from it. */
export function reported({ world, violations }: FailedWorld): ReportedViolation {
  const [first] = violations;
  return {
    invariant: first?.invariant ?? '',
    seed: world.seed,
    trade: first?.tradeId ?? null,
    replay: replayCommand(world),
    detail: first?.detail ?? '',
  };
}

export const toJsonLine = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

export const grouped = (count: number): string =>
  Math.round(count).toLocaleString('en-US', { useGrouping: true });

/** Prints violations for people, with what replays each. */
export function printViolations(
  terminal: Terminal,
  violations: readonly ReportedViolation[],
): void {
  for (const { invariant, trade, detail, replay } of violations) {
    terminal.print(
      `  ${terminal.paint('red', '✗')} ${invariant}${trade === null ? '' : ` of ${trade}`}`,
      `      ${detail}`,
      `      ${replay}`,
    );
  }
}

/** How often lines that can't be redrawn say how far the work is. */
const PLAIN_LINE_EVERY_MS = 60_000;

/** A line that is written over as the work goes on; in a file or a pipe, a line now and then. */
export function progressLine(
  terminal: Terminal,
  nowMs: () => number = () => performance.now(),
): {
  readonly show: (text: string) => void;
  readonly clear: () => void;
} {
  const redraw = (text: string): void => terminal.write(`\r\u001b[2K${text}`);
  if (terminal.canRedraw) {
    return { show: (text) => redraw(`  ${text}`), clear: () => redraw('') };
  }
  let toldAtMs = nowMs();
  const show = (text: string): void => {
    if (nowMs() - toldAtMs < PLAIN_LINE_EVERY_MS) return;
    toldAtMs = nowMs();
    terminal.print(`  ${text}`);
  };
  return { show, clear: () => {} };
}
