import { setTimeout as wait } from 'node:timers/promises';

const INTERVAL_MS = 50;

/** What has not come by then does not come. A busy machine may be ten times slower than an idle one. */
export const PATIENCE_MS = 120_000;

export type Patience = {
  /** `PATIENCE_MS` where it is left out. */
  readonly timeoutMs?: number;
  /** Ends the waiting: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

/** Waits for the condition, looking often; false where it does not hold in time. */
export async function holdsWithin(
  condition: () => Promise<boolean>,
  { timeoutMs = PATIENCE_MS, signal }: Patience,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await wait(INTERVAL_MS, undefined, signal === undefined ? {} : { signal });
  }
  return true;
}

/** Waits until the condition holds. @throws where it does not in time, saying what. */
export async function until(
  condition: () => Promise<boolean>,
  { what, ...patience }: Patience & { readonly what: string },
): Promise<void> {
  if (await holdsWithin(condition, patience)) return;
  throw new Error(`Waited ${patience.timeoutMs ?? PATIENCE_MS} ms in vain for ${what}.`);
}
