import { setTimeout as delay } from 'node:timers/promises';

/** Something that runs until it is stopped; stopping waits for what it has begun. */
export type Poller = { readonly stop: () => Promise<void> };

/** Waits, or returns at once when the signal is given. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const firstRetryMs = 50;
const longestRetryMs = 1000;

/** How long to wait before the nth retry in a row: twice as long each time, up to a second. */
export const backOffMs = (retry: number): number =>
  Math.min(firstRetryMs * 2 ** Math.max(0, retry - 1), longestRetryMs);

export type UntilStopped = {
  readonly signal: AbortSignal;
  /** Told of every failure of a step; the step is then tried again. */
  readonly onProblem: (problem: string) => void;
};

/** Does a task, again and again until it succeeds or the signal is given. */
export const retryUntilStopped = async (
  task: () => Promise<void>,
  { signal, onProblem }: UntilStopped,
): Promise<void> => {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      return await task();
    } catch (error) {
      if (signal.aborted) return;
      onProblem(String(error));
      await pause(backOffMs(failures), signal);
    }
  }
};

/** Repeats a step until the signal is given. A failing step is reported and tried again. */
export const repeatUntilStopped = async (
  step: () => Promise<void>,
  until: UntilStopped,
): Promise<void> => {
  while (!until.signal.aborted) await retryUntilStopped(step, until);
};
