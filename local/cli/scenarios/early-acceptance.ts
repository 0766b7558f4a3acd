import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

const inspectionPeriodSeconds = 86_400;

/** The buyer does not wait for the end of the inspection. */
export const earlyAcceptance: Scenario = {
  name: 'early-acceptance',
  title: 'The buyer accepts the goods on their way, a day before the inspection would end',
  body: {
    ...sample,
    milestones: [{ milestoneId: 'delivery', amount: sample.amount, inspectionPeriodSeconds }],
  },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('in_fulfilment');
    await marketplace.ask(trade.id, 'accept');
  },
};
