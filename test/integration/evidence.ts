import type Stripe from 'stripe';
import type { Trade } from '../support/api-client.ts';
import type { TestStack } from '../support/stack.ts';
import { stepsOf } from './journey.ts';

/**
 * What is to come out of a trade whichever way its news traveled: everything but times, ids, and in
 * how many pieces the scans arrived.
 */
export const outcomeOf = (trade: Trade) => ({
  status: trade.status,
  steps: stepsOf(trade),
  milestones: trade.milestones.map(({ status }) => status),
  shipments: trade.shipments.map((shipment) => ({
    status: shipment.status,
    scans: ('scans' in shipment ? shipment.scans : [])
      .toSorted((left, right) => (left.at < right.at ? -1 : 1))
      .map(({ status }) => status),
  })),
  payouts: trade.payouts.map((payout) => ({
    status: payout.status,
    amount: 'amount' in payout ? payout.amount : undefined,
  })),
  money: trade.money,
});

/** Everything that has happened, in our books and at our providers, to be compared as a whole. */
export async function evidenceOf(stack: TestStack) {
  const transfers: Stripe.ApiList<Stripe.Transfer> = await stack.stripeApi.transfers.list({
    limit: 100,
  });
  return {
    events: await stack.aws.items('EventsTable'),
    views: await stack.aws.items('ViewsTable'),
    vault: await stack.aws.items('VaultTable'),
    trialBalance: await stack.trialBalance(),
    transfers: transfers.data.map(({ id, amount }) => ({ id, amount })),
    stripeBalance: stack.stripe.control.balance(),
    labels: stack.easypost.control.requests().labels,
    deadLetters: await stack.deadLetters(),
  };
}
