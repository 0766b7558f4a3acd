import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

/** Paid, shipped, delivered, inspected, settled. */
export const happy: Scenario = {
  name: 'happy',
  title: 'A German buyer pays in EUR for goods worth 11,500.00 USD',
  body: sample,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
  },
  play: async ({ trade, stripe }) => {
    stripe.pay(trade.payment.paymentIntentId);
  },
};
