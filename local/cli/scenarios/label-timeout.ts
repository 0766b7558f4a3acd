import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

/** Longer than the shipment function waits for a carrier. */
const ANSWERS_AFTER_MS = 9_000;

export const labelTimeout: Scenario = {
  name: 'label-timeout',
  title:
    'The carrier sells the label and answers too late; it is asked, and not asked to sell again',
  body: sample,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
  },
  play: async ({ trade, stripe, carrier, untilStatus }) => {
    const before = carrier.requests();
    carrier.injectFault({
      kind: 'slow',
      method: 'POST',
      path: '/v2/shipments/*/buy',
      delayMs: ANSWERS_AFTER_MS,
    });
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('in_fulfilment');
    const sold = carrier.requests().labels - before.labels;
    if (sold !== 1) throw new Error(`The carrier sold ${sold} labels for one shipment.`);
  },
};
