import { type Case, faultNamesOf, runCase } from './cli-case.ts';
import type { FailedWorld } from './cli-jobs.ts';
import type { FaultName } from './faults.ts';
import type { Checks } from './world.ts';

/** How many runs one shrinking may take. */
const MOST_RUNS = 400;
/** How many small worlds are tried in place of a large one that does not shrink. */
const OTHER_SEEDS = 150;

export type Shrunk = FailedWorld & { readonly runs: number; readonly steps: number };

/** Runs a case, and answers what fails in it as the original did. */
type Attempt = (world: Case) => Promise<Shrunk | undefined>;

/**
 * The smallest case that still fails by the same invariant: with fewer trades, then with fewer kinds
 * of faults. Where a trade fails only in its crowd, worlds of one trade of its scenario are tried.
 */
export async function shrink(failed: FailedWorld, checks: Checks): Promise<Shrunk> {
  const invariant = failed.violations[0]?.invariant;
  let runs = 0;
  const attempt: Attempt = async (world) => {
    if (runs >= MOST_RUNS) return undefined;
    runs += 1;
    const { violations, steps } = await runCase(world, { checks });
    const isSame = violations[0]?.invariant === invariant;
    return isSame ? { world, violations, runs, steps } : undefined;
  };
  const start = await attempt(failed.world);
  if (start === undefined) return { ...failed, runs, steps: 0 };
  const fewer = await withFewerTrades(start, attempt);
  const alone = await aloneInAWorld(fewer, attempt);
  const calmer = await withFewerFaults(alone, attempt);
  const smallest = await withFewerTrades(calmer, attempt);
  return { ...smallest, runs };
}

const ordinalsOf = ({ only, trades }: Case): readonly number[] =>
  only ?? Array.from({ length: trades }, (_, ordinal) => ordinal);

const withFewerTrades = (start: Shrunk, attempt: Attempt): Promise<Shrunk> =>
  reduce(start, ordinalsOf(start.world), (only) => attempt({ ...start.world, only }));

function withFewerFaults(start: Shrunk, attempt: Attempt): Promise<Shrunk> {
  const { weather } = start.world;
  const all = faultNamesOf(weather);
  const attemptWith = (kept: readonly FaultName[]) => {
    const without = [...weather.without, ...all.filter((name) => !kept.includes(name))];
    return attempt({ ...start.world, weather: { ...weather, without } });
  };
  return reduce(start, all, attemptWith);
}

/**
 * Leaves out ever smaller parts of a list while the rest still fails (Zeller's delta debugging); a
 * list of one may become empty where that makes sense to the caller.
 */
async function reduce<T>(
  start: Shrunk,
  items: readonly T[],
  attemptWith: (kept: readonly T[]) => Promise<Shrunk | undefined>,
): Promise<Shrunk> {
  let best = start;
  let kept = items;
  let size = Math.ceil(kept.length / 2);
  while (kept.length > 1) {
    const smaller = await firstThatFails(parts(kept, size), attemptWith);
    if (smaller !== undefined) {
      best = smaller.shrunk;
      kept = smaller.kept;
      size = Math.min(size, Math.ceil(kept.length / 2));
    } else if (size === 1) {
      return best;
    } else {
      size = Math.ceil(size / 2);
    }
  }
  return best;
}

/** Each part of a list alone, and then the list without each part. */
function parts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, part) => part * size);
  const alone = starts.map((start) => items.slice(start, start + size));
  const without = starts.map((start) => [...items.slice(0, start), ...items.slice(start + size)]);
  return [...alone, ...without].filter(({ length }) => length > 0 && length < items.length);
}

async function firstThatFails<T>(
  candidates: readonly (readonly T[])[],
  attemptWith: (kept: readonly T[]) => Promise<Shrunk | undefined>,
): Promise<{ readonly kept: readonly T[]; readonly shrunk: Shrunk } | undefined> {
  for (const kept of candidates) {
    const shrunk = await attemptWith(kept);
    if (shrunk !== undefined) return { kept, shrunk };
  }
  return undefined;
}

async function aloneInAWorld(start: Shrunk, attempt: Attempt): Promise<Shrunk> {
  const { world, violations } = start;
  if (ordinalsOf(world).length === 1) return start;
  const { world: exposed } = await runCase(world);
  const tradeId = violations[0]?.tradeId;
  const scenario = exposed.trades.find((trade) => trade.tradeId === tradeId)?.scenario;
  if (scenario === undefined) return start;
  for (let seed = 1; seed <= OTHER_SEEDS; seed += 1) {
    const { weather } = world;
    const found = await attempt({ seed, trades: 1, weather, scenarios: [scenario] });
    if (found !== undefined) return found;
  }
  return start;
}
