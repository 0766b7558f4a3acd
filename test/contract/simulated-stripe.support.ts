import type Stripe from 'stripe';
import { type LiveSim, liveSim } from '../simulation/live.ts';
import { stripeClient } from '../simulation/ports/stripe-api.ts';
import {
  connectionError,
  rateLimited,
  replayedError,
  serverError,
} from '../simulation/ports/stripe-errors.ts';
import { createStripeState, type StripeState } from '../simulation/ports/stripe-state.ts';
import type { ProviderFailure } from '../support/provider-failures.ts';

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** A simulated Stripe that is alone in the world, and whose next call can be made to fail. */
export type SimulatedStripe = {
  readonly live: LiveSim;
  readonly state: StripeState;
  readonly stripe: Stripe;
  readonly failNext: (call: string, failure: ProviderFailure) => void;
};

export function simulatedStripe(): SimulatedStripe {
  const live = liveSim();
  const state = createStripeState(live.sim, () => {});
  const failures = new Map<string, ProviderFailure>();
  const client = stripeClient(state, live.sim.startTask('contract'));

  const failing = (resource: string, methods: object): object =>
    new Proxy(methods, {
      get: (target, name) => {
        const call = `${resource}.${String(name)}`;
        const method = Reflect.get(target, name) as Method;
        const failure = failures.get(call);
        failures.delete(call);
        return failure === undefined ? method : interrupted(state, method, failure);
      },
    });

  const { paymentIntents, transfers, refunds, disputes, payouts } = client;
  const { balance, accounts, customers } = client;
  return {
    live,
    state,
    stripe: {
      balance,
      accounts,
      customers: failing('customers', customers),
      paymentIntents: failing('paymentIntents', paymentIntents),
      transfers: failing('transfers', transfers),
      refunds: failing('refunds', refunds),
      disputes: failing('disputes', disputes),
      payouts: failing('payouts', payouts),
    } as Stripe,
    failNext: (call, failure) => {
      failures.set(call, failure);
    },
  };
}

/** The call as it goes wrong in that way. A failure under a key is told again, as Stripe does. */
const interrupted =
  ({ keys }: StripeState, method: Method, failure: ProviderFailure): Method =>
  async (...parameters) => {
    if (failure === 'busy') throw rateLimited();
    if (failure === 'lost_before_execution') throw connectionError();
    await method(...parameters);
    if (failure !== 'failed_after_execution') throw connectionError();
    const key = parameters.map(keyOf).find((found) => found !== undefined) ?? '';
    const remembered = keys.get(key);
    if (remembered !== undefined) {
      keys.set(key, { ...remembered, answer: { error: replayedError() } });
    }
    throw serverError();
  };

const keyOf = (parameter: unknown): string | undefined =>
  (parameter as { readonly idempotencyKey?: string } | undefined)?.idempotencyKey;
