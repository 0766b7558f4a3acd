import type { Color, Terminal } from '../../local/cli/terminal.ts';
import { replayCommand, runCase } from './cli-case.ts';
import type { SimulateOptions } from './cli-options.ts';
import { grouped, toJsonLine } from './cli-report.ts';
import type { Output } from './cli-run.ts';
import { checks } from './invariants/index.ts';

/** What in a line of the timeline is worth a color: the first that fits. */
const COLORS: readonly (readonly [RegExp, Color])[] = [
  [/crash|lost with its caller|took effect after/, 'red'],
  [/error (before|after)|throttled|late|on its way|conflict|forged/, 'yellow'],
  [/ events\.append .*→ appended/, 'green'],
  [/ (stripe\.transfers\.create|stripe\.capture|buyer\.pay|carrier\.post) /, 'cyan'],
  [/ script\.| api\./, 'dim'],
];

/** Replays one world as a timeline, one line for a step. Answers the exit status. */
export async function replay({ world, json }: SimulateOptions, { out }: Output): Promise<number> {
  const {
    trace,
    traceHash,
    steps,
    violations,
    world: exposed,
  } = await runCase(world, {
    checks,
    trace: true,
  });
  if (json) {
    out.write(toJsonLine({ seed: world.seed, steps, traceHash, violations, trace }));
    return violations.length === 0 ? 0 : 1;
  }
  out.print(`  ${replayCommand(world)}`, '');
  for (const { ordinal, scenario, tradeId } of exposed.trades) {
    out.print(`  trade ${ordinal}: ${scenario}, ${tradeId}`);
  }
  out.print('', ...trace.map((line) => painted(out, line)), '');
  out.print(`  ${grouped(steps)} steps, trace ${traceHash}`, '');
  for (const { invariant, tradeId, detail, step } of violations) {
    out.print(
      `  ${out.paint('red', '✗')} ${invariant}${tradeId === null ? '' : ` of ${tradeId}`}, at step ${step}`,
      `      ${detail}`,
    );
  }
  if (violations.length === 0) out.print(`  ${out.paint('green', '✓')} every invariant held`);
  out.print('');
  return violations.length === 0 ? 0 : 1;
}

function painted(out: Terminal, line: string): string {
  const color = COLORS.find(([pattern]) => pattern.test(line))?.[1];
  return color === undefined ? line : out.paint(color, line);
}
