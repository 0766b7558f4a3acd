import { type Case, runCase, TRADES_PER_WORLD } from './cli-case.ts';
import type {
  CrashesJob,
  CrashesResult,
  FailedWorld,
  Job,
  MutantJob,
  MutantResult,
  WorldsJob,
  WorldsResult,
} from './cli-jobs.ts';
import { FAULT_NAMES } from './faults.ts';
import { checks } from './invariants/index.ts';
import { worldSeed } from './run.ts';

/** Does one job of the simulator's command in this process. */
export function doJob(job: Job): Promise<WorldsResult | MutantResult | CrashesResult> {
  switch (job.kind) {
    case 'worlds':
      return runWorlds(job);
    case 'mutant':
      return hunt(job);
    case 'crashes':
      return crash(job);
    default: {
      const unknownJob: never = job;
      return unknownJob;
    }
  }
}

/** The `index`th world of a simulation; the last one may be smaller. */
export const worldOf = (
  { seed, trades, weather, scenarios, withoutStatements }: Omit<WorldsJob, 'kind' | 'from' | 'to'>,
  index: number,
): Case => ({
  seed: worldSeed(seed, index),
  trades: Math.min(TRADES_PER_WORLD, trades - index * TRADES_PER_WORLD),
  weather,
  ...(scenarios === undefined ? {} : { scenarios }),
  ...(withoutStatements === undefined ? {} : { withoutStatements }),
});

async function runWorlds(job: WorldsJob): Promise<WorldsResult> {
  const faults: Record<string, number> = {};
  const scenarios: Record<string, number> = {};
  const traceHashes: string[] = [];
  const failures: FailedWorld[] = [];
  let trades = 0;
  let steps = 0;
  for (let index = job.from; index < job.to; index += 1) {
    const world = worldOf(job, index);
    const result = await runCase(world, { checks });
    trades += world.trades;
    steps += result.steps;
    traceHashes.push(result.traceHash);
    for (const name of FAULT_NAMES) add(faults, name, result.world.counters.faults[name]);
    for (const { scenario } of result.world.trades) add(scenarios, scenario, 1);
    if (result.violations.length > 0) failures.push({ world, violations: result.violations });
  }
  return { from: job.from, trades, steps, faults, scenarios, traceHashes, failures };
}

const add = (counts: Record<string, number>, name: string, count: number): void => {
  counts[name] = (counts[name] ?? 0) + count;
};

async function hunt({ name, seeds, weather, scenarios }: MutantJob): Promise<MutantResult> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const own = scenarios === undefined ? {} : { scenarios };
    const world = { seed, trades: TRADES_PER_WORLD, weather, ...own };
    const { violations } = await runCase(world, { checks });
    const [first] = violations;
    if (first === undefined) continue;
    const killedBy = [...new Set(violations.map(({ invariant }) => invariant))];
    return { name, seeds: seed, killedBy, detail: first.detail };
  }
  return { name, seeds, killedBy: [], detail: '' };
}

async function crash({ world, from, to, pairs }: CrashesJob): Promise<CrashesResult> {
  const failures: FailedWorld[] = [];
  let runs = 0;
  const attempt = async (...crashAt: readonly number[]): Promise<number> => {
    const crashed = { ...world, crashAt };
    const { calls, violations } = await runCase(crashed, { checks });
    runs += 1;
    if (violations.length > 0) failures.push({ world: crashed, violations });
    return calls;
  };
  for (let first = from; first < to; first += 1) {
    const calls = await attempt(first);
    for (let second = first + 1; pairs && second < calls; second += 1) await attempt(first, second);
  }
  return { from, runs, failures };
}
