import type { Deadline } from '../../../src/process/views.ts';
import { MAX_SKEW_MS, type Sim } from '../engine/sim.ts';
import type { StripeLoggedEvent } from '../world.ts';

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

const SWEEP_TICK_MS = 15 * 60_000;
/** What `sweepEvents` leaves to the provider, and until when it looks back; clocks may be off. */
const SWEPT_FROM_MS = 5 * 60_000 + MAX_SKEW_MS;
const SWEPT_UNTIL_MS = 24 * 3_600_000 - MAX_SKEW_MS;
/** How long the sweeper itself may be down. */
const SWEEPER_DOWN_MS = 12 * 3_600_000;

/**
 * The schedule that runs the sweeper every 15 minutes. A run that would find nothing but what an
 * earlier one has queued is passed over.
 */
export function createSweeps(
  sim: Sim,
  options: {
    readonly log: () => readonly StripeLoggedEvent[];
    /** Calls back with whether the run came to its end. */
    readonly run: (done: (isDone: boolean) => void) => void;
  },
): { readonly onEvent: () => void } {
  const swept = new Set<string>();
  let nextTickMs: number | undefined;
  const downUntilMs = sim.strikes('outage') ? sim.startMs + sim.random.below(SWEEPER_DOWN_MS) : 0;

  const isDue = ({ id, isDelivered, createdAtMs }: StripeLoggedEvent): boolean =>
    !isDelivered && !swept.has(id) && sim.scheduler.nowMs() - createdAtMs < SWEPT_UNTIL_MS;

  const plan = (): void => {
    if (nextTickMs !== undefined) return;
    const fromMs = sim.scheduler.nowMs() + SWEPT_FROM_MS;
    nextTickMs = Math.ceil(fromMs / SWEEP_TICK_MS) * SWEEP_TICK_MS;
    sim.scheduler.at(nextTickMs, () => {
      nextTickMs = undefined;
      if (!options.log().some(isDue)) return;
      const isDown = sim.faults().outage > 0 && sim.scheduler.nowMs() < downUntilMs;
      if (isDown) plan();
      else sim.scheduler.add({ task: 'schedule', kind: 'schedule.sweep', subject: '', run: tick });
    });
  };

  const tick = (): string => {
    const olderThanMs = sim.scheduler.nowMs() - SWEPT_FROM_MS;
    options.run((isDone) => {
      const found = options.log().filter(({ createdAtMs }) => createdAtMs <= olderThanMs);
      if (isDone) for (const { id } of found) swept.add(id);
      if (options.log().some(isDue)) plan();
    });
    return '';
  };

  return { onEvent: plan };
}
