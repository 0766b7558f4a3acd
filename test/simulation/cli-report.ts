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

/** A line that is written over as the work goes on; nothing where lines can't be redrawn. */
export function progressLine(terminal: Terminal): {
  readonly show: (text: string) => void;
  readonly clear: () => void;
} {
  const write = (text: string): void => {
    if (terminal.canRedraw) terminal.write(`\r\u001b[2K${text}`);
  };
  return { show: (text) => write(`  ${text}`), clear: () => write('') };
}
