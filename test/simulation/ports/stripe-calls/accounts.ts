import { invalidRequest, STRIPE_READ } from '../stripe-errors.ts';
import { availableMinor, type StripeState } from '../stripe-state.ts';
import { isAccount } from '../stripe-transfers.ts';
import type { Calling } from './calling.ts';

const BALANCES = ['USD', 'GBP', 'EUR', 'KWD'];

export type OnAccount = { readonly stripeAccount?: string };

export const accounts = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string) =>
    calling({ kind: 'accounts.retrieve', subject: id, faults: STRIPE_READ }, () => {
      if (!isAccount(id)) throw invalidRequest('account_invalid');
      const transfersNow = state.restricted.has(id) ? 'inactive' : 'active';
      return { id, object: 'account', capabilities: { transfers: transfersNow } };
    }),
});

export const payouts = (state: StripeState, calling: Calling) => ({
  retrieve: (id: string, _parameters: object, { stripeAccount }: OnAccount = {}) =>
    calling({ kind: 'payouts.retrieve', subject: id, faults: STRIPE_READ }, () => {
      const payout = state.payouts.get(id);
      if (payout === undefined || payout.account !== stripeAccount) {
        throw invalidRequest('resource_missing');
      }
      const { status, failureCode } = payout;
      return { id, object: 'payout', status, failure_code: failureCode };
    }),
});

export const balance = (state: StripeState, calling: Calling) => ({
  retrieve: () =>
    calling({ kind: 'balance.retrieve', subject: '', faults: STRIPE_READ }, () => ({
      object: 'balance',
      available: BALANCES.map((currency) => ({
        currency: currency.toLowerCase(),
        amount: Number(availableMinor(state, currency)),
      })),
    })),
});
