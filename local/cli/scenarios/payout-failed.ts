import { soldBy } from './sample.ts';
import type { Scenario } from './scenario.ts';

const SELLER = 'acct_sandbox_unverified';

export const payoutFailed: Scenario = {
  name: 'payout-failed',
  title: 'Stripe may not pay the seller at first; once it may, the payout is made by itself',
  body: soldBy(SELLER),
  stack: { payoutRetryPauseSeconds: 1 },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    happened: ['PayoutFailed', 'PayoutReissued'],
  },
  play: async ({ trade, stripe, until }) => {
    stripe.openAccount({ id: SELLER });
    stripe.setCapability(SELLER, 'transfers', 'inactive');
    stripe.pay(trade.payment.paymentIntentId);
    await until('refused its payout', ({ payouts }) => payouts[0]?.status === 'failed');
    stripe.setCapability(SELLER, 'transfers', 'active');
  },
};
