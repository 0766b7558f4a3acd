import type Stripe from 'stripe';
import type { ProviderPayouts } from '../../treasury/ports.ts';
import { fromStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

const MILLISECONDS_PER_SECOND = 1_000;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Stripe's payouts of the platform's own balance. */
export const stripeOwnPayouts = (stripe: Stripe): ProviderPayouts => ({
  get: async (id) => {
    const payout = await callStripe('payout', () => stripe.payouts.retrieve(id));
    const { arrival_date: arrival, status, failure_code: failure, trace_id: trace } = payout;
    const isOff = status === 'failed' || status === 'canceled';
    return {
      payoutId: payout.id,
      amount: fromStripeAmount(payout.amount, payout.currency),
      arrivesOn: new Date(arrival * MILLISECONDS_PER_SECOND).toISOString().slice(0, DAY_LENGTH),
      ...(trace?.value == null ? {} : { traceId: trace.value }),
      ...(isOff ? { calledOff: failure ?? status } : {}),
    };
  },
});
