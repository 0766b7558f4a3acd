import { releasedByAcceptance } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const refundBeforeRelease: Scenario = {
  name: 'refund-before-release',
  title: 'All of the money goes back to the buyer while it is still held',
  body: releasedByAcceptance,
  ending: {
    status: 'refunded',
    milestones: ['delivery: refunded'],
    refunds: ['settled: 10,246.74 EUR'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('in_fulfilment');
    await marketplace.ask(trade.id, 'refunds', { key: 'all', body: { amount: trade.payIn } });
  },
};
