import { pause } from './poller.ts';

export type WakeUp = {
  /** Notes that there is something to do, and ends a wait. */
  readonly notify: () => void;
  /** Forgets what was noted; to be called before looking for something to do. */
  readonly reset: () => void;
  /** Waits for a note, unless one came since the last reset, for at most `timeoutMs`. */
  readonly wait: (timeoutMs: number, signal: AbortSignal) => Promise<void>;
};

/** Lets a poller sleep without missing what arrives between its look and its sleep. */
export const createWakeUp = (): WakeUp => {
  let noted = false;
  let sleeping: AbortController | undefined;
  return {
    notify: () => {
      noted = true;
      sleeping?.abort();
    },
    reset: () => {
      noted = false;
    },
    wait: async (timeoutMs, signal) => {
      if (noted) return;
      sleeping = new AbortController();
      await pause(timeoutMs, AbortSignal.any([signal, sleeping.signal]));
    },
  };
};
