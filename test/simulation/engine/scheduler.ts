import { drainMicrotasks } from './microtasks.ts';
import type { Random } from './random.ts';
import { createTimers } from './timers.ts';
import type { Trace } from './trace.ts';

/** Something that may happen next. `run` does it and says in a word what came of it. */
export type Runnable = {
  readonly task: string;
  readonly kind: string;
  readonly subject: string;
  readonly run: () => string;
};

/**
 * The one loop of the simulation. Whatever may happen next stands in one list; the seed picks which
 * of it does. Time passes a little with every step, and jumps where nothing is left but to wait.
 */
export type Scheduler = {
  readonly nowMs: () => number;
  readonly add: (runnable: Runnable) => void;
  readonly at: (timeMs: number, action: () => void) => void;
  /** Does one step; false where there is nothing to do and nothing to wait for. */
  readonly step: () => boolean;
  readonly steps: () => number;
  readonly lastStep: () => Runnable | undefined;
};

/** A step takes 1 to 16 milliseconds. */
const STEP_MS = 16;

export function createScheduler(options: {
  readonly startMs: number;
  readonly random: Random;
  readonly trace: Trace;
}): Scheduler {
  const { random, trace } = options;
  const ready: Runnable[] = [];
  const timers = createTimers();
  let nowMs = options.startMs;
  let steps = 0;
  let lastStep: Runnable | undefined;

  const releaseDue = (): void => {
    for (let due = timers.nextAt(); due !== undefined && due <= nowMs; due = timers.nextAt()) {
      timers.take()();
    }
  };

  /**
   * Timers may turn out to concern nothing any more, so waiting goes on until something is ready. What
   * a timer settles may make something ready by its promises.
   */
  const waitForWork = (): boolean => {
    releaseDue();
    if (ready.length === 0) drainMicrotasks();
    while (ready.length === 0) {
      const next = timers.nextAt();
      if (next === undefined) return false;
      nowMs = Math.max(nowMs, next);
      releaseDue();
      if (ready.length === 0) drainMicrotasks();
    }
    return true;
  };

  const takeAny = (): Runnable => {
    const index = ready.length === 1 ? 0 : random.below(ready.length);
    const picked = ready[index] as Runnable;
    const last = ready.pop() as Runnable;
    if (index < ready.length) ready[index] = last;
    return picked;
  };

  return {
    nowMs: () => nowMs,
    add: (runnable) => {
      ready.push(runnable);
    },
    at: (timeMs, action) => timers.add(timeMs, action),
    step: () => {
      nowMs += 1 + random.below(STEP_MS);
      if (!waitForWork()) return false;
      const runnable = takeAny();
      const atMs = nowMs;
      lastStep = runnable;
      const outcome = runnable.run();
      drainMicrotasks();
      steps += 1;
      trace.step({
        atMs,
        task: runnable.task,
        kind: runnable.kind,
        subject: runnable.subject,
        outcome,
      });
      return true;
    },
    steps: () => steps,
    lastStep: () => lastStep,
  };
}
