import { pegs } from '../fx/pegs.ts';
import type { RatesStore } from '../fx/ports.ts';
import { INDICATIVE_AGE_DAYS } from '../fx/price-quote.ts';
import type { RateDay } from '../fx/rate-day.ts';
import { type StalenessLevel, stalenessOf } from '../fx/staleness.ts';
import { daysBetween } from '../platform/target-calendar.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

export type RatesViewPorts = {
  readonly rates: Pick<RatesStore, 'latest'>;
  readonly indicativeRates: Pick<RatesStore, 'latest'>;
  readonly marginBasisPoints: number;
  readonly now: () => Date;
};

/**
 * The answer of `GET /v1/fx/rates`: the latest day of each source as it was published, in units of
 * each currency for one euro, how old it is, and what quotes add to it. A source that has published
 * nothing yet is left out.
 */
export async function presentRates(ports: RatesViewPorts) {
  const now = ports.now();
  const days = await Promise.all([ports.rates.latest(), ports.indicativeRates.latest()]);
  return {
    base: 'EUR',
    asOf: now.toISOString(),
    marginBasisPoints: ports.marginBasisPoints,
    sources: days.flatMap((day) => (day === undefined ? [] : [presentDay(day, now)])),
    pegs: Object.entries(pegs).map(([currency, peg]) => ({ currency, ...peg })),
  };
}

function presentDay({ rates, ...day }: RateDay, now: Date) {
  return {
    ...day,
    ...ageOf(day, now),
    rates: Object.entries(rates)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, perBase]) => ({ currency, perBase })),
  };
}

/**
 * The central bank's days are counted as it publishes; the second source publishes every day, the last
 * one included.
 */
function ageOf(
  { source, rateDate }: Pick<RateDay, 'source' | 'rateDate'>,
  now: Date,
): { readonly ageDays: number; readonly missedDays: number; readonly level: StalenessLevel } {
  const ageDays = daysBetween(rateDate, now.toISOString().slice(0, DAY_LENGTH));
  if (source === 'ECB') return { ageDays, ...stalenessOf(rateDate, now) };
  const missedDays = Math.max(0, ageDays - 1);
  if (ageDays > INDICATIVE_AGE_DAYS) return { ageDays, missedDays, level: 'refused' };
  return { ageDays, missedDays, level: missedDays > 0 ? 'late' : 'current' };
}
