import type { Sim } from './sim.ts';

const HOUR_MS = 3_600_000;
/** Half of the releases go live while trades open, the others while goods travel or are inspected. */
const BEGINS_WITHIN_MS = [2 * HOUR_MS, 6 * 24 * HOUR_MS] as const;
/** How long both releases run side by side: a quick deploy, or a canary that is watched. */
const LASTS_MS = [10_000, 3 * HOUR_MS] as const;

/** A release that goes live in a world: before it all functions are old, after it all are new. */
export type Deploy = { readonly fromMs: number; readonly untilMs: number };

/** When a release goes live in a world, if one does. */
export function drawDeploy({
  random,
  startMs,
  strikes,
}: Pick<Sim, 'random' | 'startMs' | 'strikes'>): Deploy | undefined {
  if (!strikes('deploy')) return undefined;
  const fromMs = startMs + random.below(random.pick(BEGINS_WITHIN_MS));
  return { fromMs, untilMs: fromMs + random.between(...LASTS_MS) };
}

/** Which release a function runs that starts now. It keeps it, even where the other is live by then. */
export function runsNext(
  deploy: Deploy | undefined,
  { random, nowMs }: { readonly random: Sim['random']; readonly nowMs: number },
): boolean {
  if (deploy === undefined || nowMs < deploy.fromMs) return false;
  return nowMs >= deploy.untilMs || random.chance(0.5);
}
