import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const returned: Scenario = {
  name: 'returned',
  title: 'The parcel is refused and goes back to its sender; the buyer has all of the money back',
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
    carrier.advance(trackingNumber, { status: 'out_for_delivery' });
    carrier.advance(trackingNumber, { status: 'return_to_sender', statusDetail: 'refused' });
    await untilShipment('returning');
    // To whom it is delivered now is its sender: that is no delivery.
    carrier.advance(trackingNumber, { status: 'delivered', message: 'Delivered to sender' });
    await until('returned', ({ shipments }) => shipments[0]?.status === 'returned');
    await marketplace.ask(trade.id, 'refunds', { key: 'returned', body: { amount: trade.payIn } });
  },
};
