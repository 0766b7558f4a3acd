import { setTimeout as delay } from 'node:timers/promises';

export type EventuallyOptions = {
  readonly timeoutMs?: number;
  /** How long to pause between two tries; longer where a try is work. */
  readonly everyMs?: number;
};

/**
 * Calls `check` until it no longer throws, and answers with its value.
 *
 * @throws what `check` threw last, when it still throws after `timeoutMs` (5 seconds by default).
 */
export const eventually = async <T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5000, everyMs = 5 }: EventuallyOptions = {},
): Promise<T> => {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadlineMs) throw error;
    }
    await delay(everyMs);
  }
};
