import type { RatesStore } from '../../fx/ports.ts';
import type { RateDay } from '../../fx/rate-day.ts';

/** The published rates without a database: the same promises, kept for one process. */
export function inMemoryRatesStore(): RatesStore {
  const days = new Map<string, RateDay>();
  const get = (rateDate: string | undefined): RateDay | undefined =>
    rateDate === undefined ? undefined : structuredClone(days.get(rateDate));
  return {
    latest: async () => get([...days.keys()].sort().at(-1)),
    get: async (rateDate) => get(rateDate),
    putIfAbsent: async (day) => {
      if (days.has(day.rateDate)) return false;
      days.set(day.rateDate, structuredClone(day));
      return true;
    },
  };
}
