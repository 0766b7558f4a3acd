import type { Call, CallFaults } from '../../engine/calls.ts';
import type { Task } from '../../engine/tasks.ts';
import { lockTimeout } from '../stripe-errors.ts';
import { once } from '../stripe-keys.ts';
import type { StripeState } from '../stripe-state.ts';

export type Metadata = Readonly<Record<string, string>>;

export type Options = { readonly idempotencyKey?: string };

/** One call to the simulated Stripe, with its faults. */
export type Calling = <T>(
  call: { readonly kind: string; readonly subject: string; readonly faults: CallFaults },
  effect: Call<T>['effect'],
) => Promise<T>;

/** By which calls a run learns what became of what it asked for before. */
const LOOK_UPS: Readonly<Record<string, readonly string[]>> = {
  'transfers.create': ['transfers.list'],
  'refunds.create': ['refunds.list', 'cash.list'],
};

/** Calls of one task; a repeat of a payment without a look at what became of it is noted. */
export function callingStripe(state: StripeState, task: Task): Calling {
  const { sim, counts, triedKeys, blindRepeats } = state;
  const asked = new Set<string>();
  return ({ kind, subject, faults }, effect) => {
    asked.add(kind);
    const lookUps = LOOK_UPS[kind];
    if (lookUps !== undefined) {
      const isBlind = triedKeys.has(subject) && !lookUps.some((lookUp) => asked.has(lookUp));
      if (isBlind) blindRepeats.push(subject);
      triedKeys.add(subject);
    }
    return sim.calls.call(task, {
      kind: `stripe.${kind}`,
      subject,
      faults,
      effect: () => {
        counts.calls += 1;
        if (faults.profile === 'write' && sim.strikes('lockTimeout')) throw lockTimeout();
        return effect();
      },
    });
  };
}

/** Acts once per idempotency key, where the call has one. */
export const keyed = <T>(
  state: StripeState,
  request: { readonly idempotencyKey: string | undefined; readonly parameters: unknown },
  act: () => T,
): T =>
  request.idempotencyKey === undefined
    ? act()
    : once(state, { key: request.idempotencyKey, parameters: request.parameters }, act);
