import { setTimeout as wait } from 'node:timers/promises';

const INTERVAL_MS = 50;

/**
 * Waits until the condition holds, looking often.
 *
 * @throws where it does not in time, saying what, and where `signal` aborts.
 */
export async function until(
  condition: () => Promise<boolean>,
  {
    timeoutMs,
    what,
    signal,
  }: { readonly timeoutMs: number; readonly what: string; readonly signal?: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await wait(INTERVAL_MS, undefined, signal === undefined ? {} : { signal });
  }
}
