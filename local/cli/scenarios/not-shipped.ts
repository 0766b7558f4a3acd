import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const notShipped: Scenario = {
  name: 'not-shipped',
  title: 'The carrier does not get the goods in time, and the buyer has all of the money back',
  body: { ...sample, shipWithinSeconds: 3 },
  isNeverCollected: true,
  ending: {
    status: 'refunded',
    milestones: ['delivery: refunded'],
    refunds: ['settled: 10,246.74 EUR'],
    happened: ['ShippingMissed'],
  },
  play: async ({ trade, stripe }) => {
    stripe.pay(trade.payment.paymentIntentId);
  },
};
