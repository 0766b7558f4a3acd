import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const chargebackWon: Scenario = {
  name: 'chargeback-won',
  title: "The buyer's bank takes the money back, loses, and the trade goes on",
  body: sample,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    chargebacks: ['won: 10,246.74 EUR'],
    happened: ['ChargebackWon'],
  },
  play: async ({ trade, stripe, untilStatus }) => {
    const { paymentIntentId } = trade.payment;
    stripe.pay(paymentIntentId);
    await untilStatus('in_fulfilment');
    const { id } = stripe.openDispute(paymentIntentId);
    await untilStatus('charged_back');
    stripe.endDispute(id, 'won');
  },
};
