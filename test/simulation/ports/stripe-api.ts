import type Stripe from 'stripe';
import type { Task } from '../engine/tasks.ts';
import { accounts, balance, payouts } from './stripe-calls/accounts.ts';
import { callingStripe } from './stripe-calls/calling.ts';
import { customers } from './stripe-calls/customers.ts';
import { disputes } from './stripe-calls/disputes.ts';
import { events } from './stripe-calls/events.ts';
import { paymentIntents } from './stripe-calls/intents.ts';
import { refunds } from './stripe-calls/refunds.ts';
import { transfers } from './stripe-calls/transfers.ts';
import type { StripeState } from './stripe-state.ts';

/** As much of Stripe's client as the adapters use, over the simulated Stripe. */
export function stripeClient(state: StripeState, task: Task): Stripe {
  const calling = callingStripe(state, task);
  return {
    paymentIntents: paymentIntents(state, calling),
    transfers: transfers(state, calling),
    refunds: refunds(state, calling),
    disputes: disputes(state, calling),
    payouts: payouts(state, calling),
    events: events(state, calling),
    balance: balance(state, calling),
    accounts: accounts(state, calling),
    customers: customers(state, calling),
  } as unknown as Stripe;
}
