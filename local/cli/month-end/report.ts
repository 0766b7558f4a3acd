import type { Terminal } from '../terminal.ts';
import type { MonthEnd } from './play.ts';

/** What a month came to, for people. */
export function printMonthEnd(terminal: Terminal, result: MonthEnd): void {
  const counts = (all: Readonly<Record<string, number | string>>): string =>
    Object.entries(all)
      .sort()
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
  const { period, status, snapshotSha256 } = result;
  terminal.print(
    '',
    terminal.paint('bold', `${period} is ${status}.`),
    `planted    ${counts(result.planted)}`,
    `found      ${counts(result.found)}`,
    `resolved   ${counts(result.resolved)}; explained: ${result.explained}`,
    `tolerated  ${result.tolerated}`,
    `checks     ${counts(result.checks)}`,
    `snapshot   ${snapshotSha256 ?? 'none'}`,
    '',
  );
}
