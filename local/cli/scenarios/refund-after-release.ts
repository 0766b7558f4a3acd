import { soldBy } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const refundAfterRelease: Scenario = {
  name: 'refund-after-release',
  title: 'The buyer has 1,000.00 EUR back after the seller was paid, who owes it from then on',
  body: soldBy('acct_sandbox_refunded_later'),
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    refunds: ['settled: 1,000.00 EUR'],
    debts: ['1,094.26 USD'],
    happened: ['SellerDebtIncurred'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('settled');
    const amount = { currency: 'EUR', amountMinor: '100000' };
    await marketplace.ask(trade.id, 'refunds', { key: 'goodwill', body: { amount } });
  },
};
