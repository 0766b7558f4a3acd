import { idempotencyMismatch, keyInUse, replayedError, serverError } from './stripe-errors.ts';
import type { Remembered, StripeState } from './stripe-state.ts';

/** Stripe keeps keys for at least a day, and then may forget them at any time. */
const KEY_LIFE_MS = 24 * 3_600_000;

/**
 * Answers a request under a key as Stripe promises: the first answer again, an error too, as long as
 * the key is remembered; an error of its own for other parameters.
 */
export function once<T>(
  state: StripeState,
  request: { readonly key: string; readonly parameters: unknown },
  act: () => T,
): T {
  const { sim, keys } = state;
  if (sim.strikes('keyInUse')) throw keyInUse();
  const parameters = JSON.stringify(request.parameters);
  const known = keys.get(request.key);
  if (known !== undefined && sim.scheduler.nowMs() < known.untilMs) {
    if (known.parameters !== parameters) {
      state.reusedKeys.push(request.key);
      throw idempotencyMismatch();
    }
    if ('error' in known.answer) throw known.answer.error;
    return known.answer.value as T;
  }
  const remember = (answer: Remembered['answer']): void => {
    keys.set(request.key, { parameters, answer, untilMs: sim.scheduler.nowMs() + KEY_LIFE_MS });
  };
  if (sim.strikes('rememberedError')) {
    if (sim.random.chance(0.5)) act();
    remember({ error: replayedError() });
    throw serverError();
  }
  const value = act();
  remember({ value });
  return value;
}
