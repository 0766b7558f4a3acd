import type { Sim } from '../engine/sim.ts';
import { dayOf } from '../ports/bank-account.ts';
import type { LanesTable } from '../ports/lanes.ts';

/** Coarser than the five minutes of a deployment: what happens between two ticks is the same. */
const TICK_MS = 3_600_000;
/** What is late since midnight is looked at once the statements of the day before had time to come. */
const DUE_AT_MS = 8 * 3_600_000;

/**
 * The schedule that has every lane looked at. A tick at which no lane has anything to be looked at is
 * passed over.
 */
export function createMatchingClock(
  sim: Sim,
  options: {
    readonly isOn: boolean;
    readonly lanes: () => Pick<LanesTable, 'hasWork' | 'dueAfter'>;
    readonly run: (done: () => void) => void;
  },
): { readonly onChange: () => void } {
  const { scheduler } = sim;
  const dueDays = new Set<string>();
  let isPlanned = false;

  const plan = (): void => {
    if (isPlanned || !options.isOn) return;
    isPlanned = true;
    scheduler.at(Math.ceil((scheduler.nowMs() + 1) / TICK_MS) * TICK_MS, look);
  };
  const look = (): void => {
    isPlanned = false;
    const today = dayOf(scheduler.nowMs());
    for (const day of options.lanes().dueAfter(today)) waitFor(day);
    void options
      .lanes()
      .hasWork(today)
      .then((hasWork) => {
        if (hasWork) scheduler.add({ task: 'schedule', kind: 'schedule.match', subject: '', run });
      });
  };
  const waitFor = (day: string): void => {
    if (dueDays.has(day)) return;
    dueDays.add(day);
    scheduler.at(Date.parse(`${day}T00:00:00Z`) + DUE_AT_MS, plan);
  };
  const run = (): string => {
    options.run(plan);
    return '';
  };
  return { onChange: plan };
}
