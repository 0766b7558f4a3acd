import type { RatesStore } from '../../fx/ports.ts';
import type { RateDay } from '../../fx/rate-day.ts';

/** The published rates of one source without a database: the same promises, kept for one process. */
export function inMemoryRatesStore(): RatesStore {
  const days = new Map<string, RateDay>();
  const get = (key: string | undefined): RateDay | undefined =>
    key === undefined ? undefined : structuredClone(days.get(key));
  return {
    latest: async () => get([...days.keys()].sort().at(-1)),
    get: async (rateDate) => get(rateDate),
    putIfAbsent: async (day) => {
      const key = day.version === undefined ? day.rateDate : `${day.rateDate}#${day.version}`;
      if (days.has(key)) return false;
      days.set(key, structuredClone(day));
      return true;
    },
  };
}
