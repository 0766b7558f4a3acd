import { CALM, type Case, runCase } from './cli-case.ts';
import type { CrashesJob, FailedWorld } from './cli-jobs.ts';
import type { SimulateOptions } from './cli-options.ts';
import { runJobs } from './cli-pool.ts';
import { grouped, printViolations, progressLine, reported, toJsonLine } from './cli-report.ts';
import type { Output } from './cli-run.ts';
import { checks } from './invariants/index.ts';

/** The first of two crashes is drawn from so few calls at once, since each has many pairs. */
const CALLS_PER_JOB = 4;

/**
 * Crashes one trade at every call of a function in turn, and at every pair of calls, and checks all
 * invariants each time; the happy path, or each scenario that was chosen. Answers the exit status.
 */
export async function enumerateCrashes(
  { world, workers, json, pairs }: SimulateOptions,
  { out, err }: Output,
): Promise<number> {
  const uncrashed = await runUncrashed(world, pairs);
  const progress = progressLine(err);
  let runs = 0;
  const jobs = uncrashed.flatMap(({ base, calls }) => jobsOf(base, calls, pairs));
  const results = await runJobs(jobs, {
    workers,
    onResult: (result) => {
      runs += result.runs;
      progress.show(`${grouped(runs)} crashes`);
    },
  });
  progress.clear();
  const violations = [
    ...uncrashed.flatMap(({ failures }) => failures),
    ...results.flatMap(({ failures }) => failures),
  ].map(reported);
  const calls = uncrashed.reduce((sum, one) => sum + one.calls, 0);
  if (json) {
    out.write(toJsonLine({ seed: world.seed, calls, pairs, runs, violations }));
  } else {
    const what = pairs ? 'every call and every pair of calls' : 'every call';
    out.print('', `  ${grouped(runs)} runs, crashed at ${what} of ${calls}`, '');
    printViolations(out, violations);
    if (violations.length === 0) out.print(`  ${out.paint('green', '✓')} every invariant held`);
    out.print('');
  }
  return violations.length === 0 ? 0 : 1;
}

type Uncrashed = {
  readonly base: Case;
  readonly calls: number;
  readonly failures: readonly FailedWorld[];
};

/**
 * One trade of each scenario as it goes when nothing crashes: how many calls there are to crash at. Two
 * crashes are the trade's own: what reads statements and closes months has more calls than the trade.
 */
async function runUncrashed(
  { seed, scenarios = ['happy'], withoutStatements = false }: Case,
  pairs: boolean,
): Promise<readonly Uncrashed[]> {
  const uncrashed: Uncrashed[] = [];
  const own = pairs || withoutStatements ? { withoutStatements: true } : {};
  for (const scenario of scenarios) {
    const base: Case = { seed, trades: 1, weather: CALM, scenarios: [scenario], ...own };
    const { calls, violations } = await runCase(base, { checks });
    const failures = violations.length > 0 ? [{ world: base, violations }] : [];
    uncrashed.push({ base, calls, failures });
  }
  return uncrashed;
}

const jobsOf = (world: Case, calls: number, pairs: boolean): readonly CrashesJob[] =>
  Array.from({ length: Math.ceil(calls / CALLS_PER_JOB) }, (_, part) => ({
    kind: 'crashes',
    world,
    pairs,
    from: part * CALLS_PER_JOB,
    to: Math.min(calls, (part + 1) * CALLS_PER_JOB),
  }));
