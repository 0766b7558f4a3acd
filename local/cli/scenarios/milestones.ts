import { sha256Hex } from '../../../src/platform/ids.ts';
import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

const documentType = 'bill_of_lading';

/** Each part of the money waits for something else. */
export const milestones: Scenario = {
  name: 'milestones',
  title:
    'A third is paid for the bill of lading, half after the inspection, the rest on acceptance',
  body: {
    ...sample,
    milestones: [
      {
        milestoneId: 'shipping',
        shareBasisPoints: 3_333,
        release: { rule: 'document', documentType },
      },
      { milestoneId: 'delivery', shareBasisPoints: 5_000 },
      { milestoneId: 'commissioning', shareBasisPoints: 1_667, release: { rule: 'acceptance' } },
    ],
  },
  ending: {
    status: 'settled',
    milestones: ['shipping: paid', 'delivery: paid', 'commissioning: paid'],
    payouts: ['settled: 3,737.13 USD', 'settled: 5,606.25 USD', 'settled: 1,869.13 USD'],
    happened: ['DocumentPresented'],
  },
  play: async ({ trade, marketplace, stripe, untilStatus, until }) => {
    stripe.pay(trade.payment.paymentIntentId);
    await untilStatus('in_fulfilment');
    const documentSha256 = sha256Hex('bill of lading');
    await marketplace.ask(trade.id, 'milestones/shipping/documents', {
      body: { documentType, documentSha256 },
    });
    await until('paid for the delivery', (now) => now.milestones[1]?.status === 'paid');
    await marketplace.ask(trade.id, 'accept');
  },
};
