/**
 * What a consumer made of a message, and so what becomes of it:
 * - `done`: acknowledged (also where it had been applied before, or changes nothing);
 * - `ignored`: acknowledged and counted; it was none of ours;
 * - `too_early`: left on the queue, tried again later;
 * - `rejected`: no retry can help; it goes to the dead-letter queue with this reason.
 */
export type Handled =
  | { readonly kind: 'done' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'too_early'; readonly code: string; readonly detail: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

export const done: Handled = { kind: 'done' };

export const ignored = (reason: string): Handled => ({ kind: 'ignored', reason });

type AnyOutcome =
  | { readonly kind: 'appended' | 'unchanged' }
  | { readonly kind: 'too_early' | 'rejected'; readonly code: string; readonly detail: string };

/** A use case's outcome as the queue must treat it. */
export const handledBy = (outcome: AnyOutcome): Handled =>
  outcome.kind === 'too_early' || outcome.kind === 'rejected'
    ? { kind: outcome.kind, code: outcome.code, detail: outcome.detail }
    : done;

/** Runs steps in order and stops at the first that is not done. */
export async function inOrder(steps: Iterable<() => Promise<Handled>>): Promise<Handled> {
  for (const step of steps) {
    const handled = await step();
    if (handled.kind !== 'done') return handled;
  }
  return done;
}
