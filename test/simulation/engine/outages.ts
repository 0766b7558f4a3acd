import type { Sim } from './sim.ts';

/** What can be down: everything whose calls begin with this word. */
const SERVICES = [
  'stripe',
  'carrier',
  'events',
  'views',
  'queue',
  'vault',
  'rates',
  'quotes',
  'lanes',
  'statements',
  'bucket',
] as const;

const HOUR_MS = 3_600_000;
/** Half of the outages begin while trades open, the others while goods travel or are inspected. */
const BEGINS_WITHIN_MS = [2 * HOUR_MS, 6 * 24 * HOUR_MS] as const;
const LASTS_MS = [600_000, 6 * HOUR_MS] as const;

export type Outage = {
  readonly service: string;
  readonly fromMs: number;
  readonly untilMs: number;
};

/** Which services of a world will be down, and when. */
export function drawOutages({
  random,
  startMs,
  strikes,
}: Pick<Sim, 'random' | 'startMs' | 'strikes'>) {
  return SERVICES.filter(() => strikes('outage')).map((service): Outage => {
    const fromMs = startMs + random.below(random.pick(BEGINS_WITHIN_MS));
    return { service, fromMs, untilMs: fromMs + random.between(...LASTS_MS) };
  });
}

export const isDown = (outages: readonly Outage[], kind: string, nowMs: number): boolean =>
  outages.some(
    ({ service, fromMs, untilMs }) =>
      nowMs >= fromMs && nowMs < untilMs && kind.startsWith(service),
  );
