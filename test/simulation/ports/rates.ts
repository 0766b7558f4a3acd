import type { RatesStore } from '../../../src/fx/ports.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ } from './aws-errors.ts';

const DAY_MS = 24 * 3_600_000;
const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** Units for one euro on a first day, in ten-thousandths. A day may be 3 % off, either way. */
const FIRST_DAY: Readonly<Record<string, number>> = {
  USD: 11_400,
  GBP: 8_640,
  JPY: 1_754_000,
  KRW: 16_500_000,
  KWD: 3_500,
};

/** A different day of reference rates every day, the same ones in every world. */
export function createRates(sim: Sim): (task: Task) => Pick<RatesStore, 'latest' | 'get'> {
  const days = new Map<number, RateDay>();
  const dayAt = (atMs: number): RateDay => {
    const day = Math.floor((atMs - sim.startMs) / DAY_MS);
    const known = days.get(day) ?? rateDay(sim.startMs, day);
    days.set(day, known);
    return known;
  };
  /** Published at the hour at which the world began, from then on. */
  const publishedOn = (rateDate: string): RateDay | undefined => {
    const { scheduler, startMs } = sim;
    const atMs = Date.parse(rateDate) + (startMs % DAY_MS);
    return atMs < startMs || atMs > scheduler.nowMs() ? undefined : dayAt(atMs);
  };
  return (task) => ({
    latest: () =>
      sim.calls.call(task, {
        ...{ kind: 'rates.latest', subject: '', faults: AWS_READ },
        effect: () => dayAt(sim.scheduler.nowMs()),
      }),
    get: (rateDate) =>
      sim.calls.call(task, {
        ...{ kind: 'rates.get', subject: rateDate, faults: AWS_READ },
        effect: () => publishedOn(rateDate),
      }),
  });
}

function rateDay(startMs: number, day: number): RateDay {
  const rates = Object.entries(FIRST_DAY).map(([currency, units], index) => {
    const drift = 10_000 + ((day * 263 + index * 137 + 300) % 601) - 300;
    const text = Math.round((units * drift) / 10_000).toString();
    return [currency, `${text.slice(0, -4) || '0'}.${text.slice(-4).padStart(4, '0')}`];
  });
  return RateDay.parse({
    source: 'ECB',
    rateDate: new Date(startMs + day * DAY_MS).toISOString().slice(0, DATE_LENGTH),
    sha256: '0'.repeat(64),
    fetchedAt: new Date(startMs + day * DAY_MS).toISOString(),
    rates: Object.fromEntries(rates),
  });
}
