import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const partialRefund: Scenario = {
  name: 'partial-refund',
  title: 'The buyer has 1,000.00 EUR back before the release, and the seller is paid the rest',
  body: sample,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 10,118.25 USD'],
    refunds: ['settled: 1,000.00 EUR'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('in_fulfilment');
    const amount = { currency: 'EUR', amountMinor: '100000' };
    await marketplace.ask(trade.id, 'refunds', { key: 'discount', body: { amount } });
  },
};
