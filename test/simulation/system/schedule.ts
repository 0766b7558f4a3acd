import type { Deadline } from '../../../src/process/views.ts';
import { MAX_SKEW_MS, type Sim } from '../engine/sim.ts';

const TICK_MS = 60_000;

export type Schedule = { readonly onDeadline: (deadline: Deadline) => void };

/**
 * The schedule that runs the deadlines function each minute. A run that can't find anything due, by
 * any clock a function may have, would read an empty list and stop: those minutes are passed over.
 */
export function createSchedule(
  sim: Sim,
  options: {
    readonly deadlines: () => Iterable<Deadline>;
    readonly run: (done: () => void) => void;
  },
): Schedule {
  let nextTickMs: number | undefined;

  const tickFor = (dueAt: string): number => {
    const fromMs = Math.max(sim.scheduler.nowMs() + 1, Date.parse(dueAt) - MAX_SKEW_MS);
    return Math.ceil(fromMs / TICK_MS) * TICK_MS;
  };

  const plan = (tickMs: number): void => {
    if (nextTickMs !== undefined && nextTickMs <= tickMs) return;
    nextTickMs = tickMs;
    sim.scheduler.at(tickMs, () => {
      if (nextTickMs !== tickMs) return;
      nextTickMs = undefined;
      sim.scheduler.add({ task: 'schedule', kind: 'schedule.tick', subject: '', run: tick });
    });
  };

  const tick = (): string => {
    options.run(() => {
      for (const { dueAt } of options.deadlines()) plan(tickFor(dueAt));
    });
    return '';
  };

  return { onDeadline: ({ dueAt }) => plan(tickFor(dueAt)) };
}
