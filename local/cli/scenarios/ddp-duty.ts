import { money } from '../../../src/money/money.ts';
import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

const dutyEstimate = money('USD', 48_000n);
/** What the carrier laid out at the border and bills for: less than was set aside. */
const billed = money('USD', 43_155n);

export const ddpDuty: Scenario = {
  name: 'ddp-duty',
  title: 'The seller owes the duties: an estimate is set aside, and paid as the carrier bills it',
  body: { ...sample, incoterm: 'DDP', dutiesPaidBy: 'seller', dutyEstimate },
  isNeverCollected: true,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 10,791.74 USD'],
    happened: ['DutiesEarmarked', 'DutiesReleased', 'DutiesPaid', 'DeliveryConfirmed'],
  },
  play: async ({ trade, stripe, carrier, treasury, until, untilShipment }) => {
    stripe.pay(trade.payment.paymentIntentId);
    const trackingNumber = await untilShipment('label_created');
    const { duties } = await until('set aside', (now) => now.duties.length === 1);
    carrier.advance(trackingNumber, { status: 'in_transit' });
    await treasury.payDuties(trade.id, { dutyId: duties[0]?.id ?? '', billed });
    await until('paid to customs', (now) => now.duties.every(({ paid }) => paid));
    carrier.advance(trackingNumber, { status: 'delivered' });
  },
};
