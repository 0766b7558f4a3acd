import { CALM, type Case, runCase } from './cli-case.ts';
import type { CrashesJob } from './cli-jobs.ts';
import type { SimulateOptions } from './cli-options.ts';
import { runJobs } from './cli-pool.ts';
import { grouped, printViolations, progressLine, reported, toJsonLine } from './cli-report.ts';
import type { Output } from './cli-run.ts';
import { checks } from './invariants/index.ts';

/** The first of two crashes is drawn from so few calls at once, since each has many pairs. */
const CALLS_PER_JOB = 4;

/**
 * Crashes one trade at every call of a function in turn, or at every pair of calls, and checks all
 * invariants each time. Answers the exit status.
 */
export async function enumerateCrashes(
  { world, workers, json, pairs }: SimulateOptions,
  { out, err }: Output,
): Promise<number> {
  const base: Case = {
    seed: world.seed,
    trades: 1,
    weather: CALM,
    scenarios: world.scenarios ?? ['happy'],
  };
  const calm = await runCase(base, { checks });
  const progress = progressLine(err);
  let runs = 0;
  const results = await runJobs(jobsOf(base, calm.calls, pairs), {
    workers,
    onResult: (result) => {
      runs += result.runs;
      progress.show(`${grouped(runs)} crashes`);
    },
  });
  progress.clear();
  const failures = results.flatMap((result) => result.failures);
  const uncrashed =
    calm.violations.length > 0 ? [{ world: base, violations: calm.violations }] : [];
  const violations = [...uncrashed, ...failures].map(reported);
  if (json) {
    out.write(toJsonLine({ seed: world.seed, calls: calm.calls, pairs, runs, violations }));
  } else {
    const what = pairs ? 'every call and every pair of calls' : 'every call';
    out.print('', `  ${grouped(runs)} runs, crashed at ${what} of ${calm.calls}`, '');
    printViolations(out, violations);
    if (violations.length === 0) out.print(`  ${out.paint('green', '✓')} every invariant held`);
    out.print('');
  }
  return violations.length === 0 ? 0 : 1;
}

const jobsOf = (world: Case, calls: number, pairs: boolean): readonly CrashesJob[] =>
  Array.from({ length: Math.ceil(calls / CALLS_PER_JOB) }, (_, part) => ({
    kind: 'crashes',
    world,
    pairs,
    from: part * CALLS_PER_JOB,
    to: Math.min(calls, (part + 1) * CALLS_PER_JOB),
  }));
