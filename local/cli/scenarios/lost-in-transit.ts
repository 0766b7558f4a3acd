import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const lostInTransit: Scenario = {
  name: 'lost-in-transit',
  title: 'The carrier loses the parcel, and the buyer has all of the money back',
  body: sample,
  isNeverCollected: true,
  ending: {
    status: 'refunded',
    milestones: ['delivery: refunded'],
    refunds: ['settled: 10,246.74 EUR'],
    happened: ['ShipmentDispatched'],
  },
  play: async ({ trade, stripe, carrier, marketplace, until, untilShipment }) => {
    stripe.pay(trade.payment.paymentIntentId);
    const trackingNumber = await untilShipment('label_created');
    carrier.advance(trackingNumber, { status: 'in_transit' });
    carrier.advance(trackingNumber, { status: 'failure', statusDetail: 'lost' });
    await until('lost', ({ shipments }) => shipments[0]?.status === 'failed');
    await marketplace.ask(trade.id, 'refunds', { key: 'lost', body: { amount: trade.payIn } });
  },
};
