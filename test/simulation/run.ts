import { createHash } from 'node:crypto';
import { partSeed } from './engine/random.ts';
import { FAULT_NAMES, type FaultName, type Faults } from './faults.ts';
import { type FoundViolation, runWorld, type WorldResult } from './run-world.ts';
import type { Checks } from './world.ts';

export { type FoundViolation, runWorld, type WorldOptions, type WorldResult } from './run-world.ts';

export type SimulationOptions = {
  readonly seed: number;
  readonly trades: number;
  readonly faults?: Faults;
  readonly checks?: Checks;
  /** How many trades share a world; small worlds are quick to replay. Defaults to 20. */
  readonly tradesPerWorld?: number;
  readonly scenarios?: readonly string[];
  /** Told after each world. */
  readonly onProgress?: (progress: Progress) => void;
  /** The run stops after so many worlds with violations; never where it is left out. */
  readonly stopAfterViolations?: number;
};

export type Progress = {
  readonly worlds: number;
  readonly trades: number;
  readonly steps: number;
  readonly failures: number;
};

/** A world in which a check failed: `runWorld` with its seed and trades replays it. */
export type WorldFailure = {
  readonly worldSeed: number;
  readonly trades: number;
  readonly violations: readonly FoundViolation[];
};

export type SimulationResult = {
  readonly seed: number;
  readonly trades: number;
  readonly worlds: number;
  readonly steps: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  /** How many trades each scenario had. */
  readonly scenarios: Readonly<Record<string, number>>;
  readonly failures: readonly WorldFailure[];
  /** Follows from every step of every world. */
  readonly traceHash: string;
};

const TRADES_PER_WORLD = 20;

/** The seed of a run's world, counted from 0. */
export const worldSeed = (seed: number, index: number): number => partSeed(seed, index);

/** Runs as many worlds as it takes for so many trades, one after another. */
export async function runSimulation(options: SimulationOptions): Promise<SimulationResult> {
  const { seed, trades, tradesPerWorld = TRADES_PER_WORLD } = options;
  const tally = createTally();
  for (let index = 0; tally.trades < trades; index += 1) {
    const size = Math.min(tradesPerWorld, trades - tally.trades);
    const result = await runWorld({ ...options, seed: worldSeed(seed, index), trades: size });
    count(tally, result, size);
    options.onProgress?.({
      worlds: tally.worlds,
      trades: tally.trades,
      steps: tally.steps,
      failures: tally.failures.length,
    });
    if (tally.failures.length >= (options.stopAfterViolations ?? Number.POSITIVE_INFINITY)) break;
  }
  const { hash, ...totals } = tally;
  return { ...totals, seed, traceHash: hash.digest('hex') };
}

const createTally = () => ({
  trades: 0,
  worlds: 0,
  steps: 0,
  faults: Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<FaultName, number>,
  scenarios: {} as Record<string, number>,
  failures: [] as WorldFailure[],
  hash: createHash('sha256'),
});

function count(
  tally: ReturnType<typeof createTally>,
  { world, violations, steps, traceHash }: WorldResult,
  size: number,
): void {
  tally.trades += size;
  tally.worlds += 1;
  tally.steps += steps;
  tally.hash.update(traceHash);
  for (const name of FAULT_NAMES) tally.faults[name] += world.counters.faults[name];
  for (const { scenario } of world.trades) {
    tally.scenarios[scenario] = (tally.scenarios[scenario] ?? 0) + 1;
  }
  if (violations.length > 0) {
    tally.failures.push({ worldSeed: world.seed, trades: size, violations });
  }
}
