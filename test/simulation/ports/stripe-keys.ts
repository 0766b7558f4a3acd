import { Stripe } from 'stripe';
import { idempotencyMismatch, keyInUse, replayedError, serverError } from './stripe-errors.ts';
import type { Remembered, StripeState } from './stripe-state.ts';

/** Stripe keeps keys for at least a day, and then may forget them at any time. */
const KEY_LIFE_MS = 24 * 3_600_000;

type Request = { readonly key: string; readonly parameters: unknown };

/**
 * Answers a request under a key as Stripe promises: the first answer again, an error too, as long as
 * the key is remembered; an error of its own for other parameters.
 */
export function once<T>(state: StripeState, request: Request, act: () => T): T {
  if (state.sim.strikes('keyInUse')) throw keyInUse();
  const answer = answerTo(state, request, act);
  const isRefused = 'error' in answer && isDisputed(answer.error);
  state.keyLog.push({ key: request.key, isRefused });
  if ('error' in answer) throw answer.error;
  return answer.value as T;
}

function answerTo<T>(
  { sim, keys, reusedKeys }: StripeState,
  { key, parameters: asked }: Request,
  act: () => T,
): Remembered['answer'] {
  const parameters = JSON.stringify(asked);
  const known = keys.get(key);
  if (known !== undefined && sim.scheduler.nowMs() < known.untilMs) {
    if (known.parameters === parameters) return known.answer;
    reusedKeys.push(key);
    return { error: idempotencyMismatch() };
  }
  const remember = (answer: Remembered['answer']): void => {
    keys.set(key, { parameters, answer, untilMs: sim.scheduler.nowMs() + KEY_LIFE_MS });
  };
  if (sim.strikes('rememberedError')) {
    if (sim.random.chance(0.5)) outcomeOf(act);
    remember({ error: replayedError() });
    return { error: serverError() };
  }
  const answer = outcomeOf(act);
  remember(answer);
  return answer;
}

function outcomeOf<T>(act: () => T): Remembered['answer'] {
  try {
    return { value: act() };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return { error };
    throw error;
  }
}

const isDisputed = (error: Error): boolean =>
  error instanceof Stripe.errors.StripeError && error.code === 'charge_disputed';
