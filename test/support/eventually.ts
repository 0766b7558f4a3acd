import { setTimeout as delay } from 'node:timers/promises';
import { PATIENCE_MS } from '../../local/stack/until.ts';

export type EventuallyOptions = {
  /** How long to pause between two tries; longer where a try is work. */
  readonly everyMs?: number;
};

/**
 * Calls `check` until it no longer throws, and answers with its value.
 *
 * @throws what `check` threw last, when it still throws after `PATIENCE_MS`.
 */
export const eventually = async <T>(
  check: () => T | Promise<T>,
  { everyMs = 5 }: EventuallyOptions = {},
): Promise<T> => {
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadlineMs) throw error;
    }
    await delay(everyMs);
  }
};
