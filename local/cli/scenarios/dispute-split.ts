import { releasedByAcceptance } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const disputeSplit: Scenario = {
  name: 'dispute-split',
  title: 'The buyer disputes the goods; both agree on a quarter back and the rest for the seller',
  body: releasedByAcceptance,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 8,409.38 USD'],
    refunds: ['settled: 2,561.68 EUR'],
    disputes: ['agreed'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('delivered');
    const opened = await marketplace.ask(trade.id, 'disputes', {
      key: 'damaged',
      body: { reason: 'damaged' },
    });
    const disputeId = opened.disputes[0]?.disputeId ?? '';
    const toBuyer = { currency: 'USD', amountMinor: '287500' };
    const proposed = await marketplace.ask(trade.id, `disputes/${disputeId}/proposals`, {
      body: { by: 'seller', toBuyer },
    });
    const proposalId = proposed.disputes[0]?.proposal?.proposalId;
    await marketplace.ask(trade.id, `disputes/${disputeId}/agreement`, {
      body: { by: 'buyer', proposalId },
    });
  },
};
