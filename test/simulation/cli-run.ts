import { createHash } from 'node:crypto';
import type { Terminal } from '../../local/cli/terminal.ts';
import { TRADES_PER_WORLD } from './cli-case.ts';
import type { FailedWorld, WorldsJob, WorldsResult } from './cli-jobs.ts';
import type { SimulateOptions } from './cli-options.ts';
import { runJobs } from './cli-pool.ts';
import { grouped, printViolations, progressLine, reported, toJsonLine } from './cli-report.ts';
import { checks } from './invariants/index.ts';
import { shrink } from './shrink.ts';

/** Worlds that a process is given at once: few enough to end together, many enough to be worth it. */
const WORLDS_PER_JOB = 10;
/** Failing worlds that are shrunk; the others are reported as they are. */
const SHRUNK_WORLDS = 3;
/** Failing worlds that are told of at once, so that a long run need not end before they are looked at. */
const WORLDS_TOLD_AT_ONCE = 10;

export type Output = { readonly out: Terminal; readonly err: Terminal };

/** Runs so many trades through the faults. Answers the exit status. */
export async function simulate(options: SimulateOptions, { out, err }: Output): Promise<number> {
  const { world, workers, json } = options;
  const jobs = jobsOf(options);
  const trades = tradesOf(jobs);
  const startedAtMs = performance.now();
  const secondsSoFar = (): number => (performance.now() - startedAtMs) / 1_000;
  const progress = progressLine(err);
  const so = { trades: 0, failures: 0 };
  const results = await runJobs(jobs, {
    workers,
    onResult: ({ trades: done, failures }) => {
      const told = failures.slice(0, Math.max(0, WORLDS_TOLD_AT_ONCE - so.failures));
      if (told.length > 0) progress.clear();
      printViolations(err, told.map(reported));
      so.trades += done;
      so.failures += failures.length;
      const speed = grouped(so.trades / secondsSoFar());
      progress.show(
        `${grouped(so.trades)} of ${grouped(trades)} trades, ${speed} a second, ${so.failures} worlds failed`,
      );
    },
  });
  const seconds = secondsSoFar();
  const total = totalOf(results);
  progress.show('shrinking what failed');
  const violations = (await shrunk(total.failures)).map(reported);
  progress.clear();
  const result = {
    seed: world.seed,
    trades: total.trades,
    worlds: total.worlds,
    steps: total.steps,
    faults: total.faults,
    scenarios: total.scenarios,
    violations,
    stepsPerSecond: Math.round(total.steps / seconds),
    tradesPerSecond: Math.round(total.trades / seconds),
    traceHash: total.traceHash,
  };
  if (json) out.write(toJsonLine(result));
  else printResult(out, result);
  return violations.length === 0 ? 0 : 1;
}

/** The worlds of a run, or of its part, a few to a job. */
export function jobsOf({
  world,
  part,
}: Pick<SimulateOptions, 'world' | 'part'>): readonly WorldsJob[] {
  const { seed, trades, weather, scenarios, withoutStatements } = world;
  const worlds = Math.ceil(trades / TRADES_PER_WORLD);
  const first = Math.floor((worlds * (part.number - 1)) / part.count);
  const end = Math.floor((worlds * part.number) / part.count);
  return Array.from({ length: Math.ceil((end - first) / WORLDS_PER_JOB) }, (_, job) => ({
    kind: 'worlds',
    seed,
    trades,
    weather,
    from: first + job * WORLDS_PER_JOB,
    to: Math.min(end, first + (job + 1) * WORLDS_PER_JOB),
    ...(scenarios === undefined ? {} : { scenarios }),
    ...(withoutStatements === undefined ? {} : { withoutStatements }),
  }));
}

/** The last world of a run may be smaller than the others. */
const tradesOf = (jobs: readonly WorldsJob[]): number =>
  jobs.reduce(
    (sum, { from, to, trades }) =>
      sum + Math.min(trades, to * TRADES_PER_WORLD) - from * TRADES_PER_WORLD,
    0,
  );

function totalOf(results: readonly WorldsResult[]) {
  const hash = createHash('sha256');
  for (const { traceHashes } of results) for (const own of traceHashes) hash.update(own);
  const sum = (of: (result: WorldsResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    trades: sum(({ trades }) => trades),
    steps: sum(({ steps }) => steps),
    worlds: sum(({ traceHashes }) => traceHashes.length),
    faults: sumOfEach(results.map(({ faults }) => faults)),
    scenarios: sumOfEach(results.map(({ scenarios }) => scenarios)),
    failures: results.flatMap(({ failures }) => failures),
    traceHash: hash.digest('hex'),
  };
}

function sumOfEach(
  counts: readonly Readonly<Partial<Record<string, number>>>[],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const own of counts) {
    for (const [name, count = 0] of Object.entries(own)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

async function shrunk(failures: readonly FailedWorld[]): Promise<readonly FailedWorld[]> {
  const smaller: FailedWorld[] = [];
  for (const failed of failures.slice(0, SHRUNK_WORLDS)) smaller.push(await shrink(failed, checks));
  return [...smaller, ...failures.slice(SHRUNK_WORLDS)];
}

type Result = {
  readonly seed: number;
  readonly trades: number;
  readonly worlds: number;
  readonly steps: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: ReturnType<typeof reported>[];
  readonly stepsPerSecond: number;
  readonly tradesPerSecond: number;
  readonly traceHash: string;
};

function printResult(out: Terminal, result: Result): void {
  const { seed, trades, worlds, steps, faults, violations, traceHash } = result;
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  out.print(
    '',
    `  ${grouped(trades)} trades in ${grouped(worlds)} worlds of seed ${seed}: ${grouped(steps)} steps, ${grouped(struck)} faults`,
    `  ${grouped(result.tradesPerSecond)} trades and ${grouped(result.stepsPerSecond)} steps a second`,
    `  trace ${traceHash}`,
    '',
  );
  printViolations(out, violations);
  if (violations.length === 0) out.print(`  ${out.paint('green', '✓')} every invariant held`);
  out.print('');
}
