import { labeledShipment } from '../marketplace.ts';
import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

export const customsHeld: Scenario = {
  name: 'customs-held',
  title:
    'Customs holds the parcel for want of papers and clears it; nobody is paid before delivery',
  body: sample,
  isNeverCollected: true,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    happened: ['ShipmentDispatched', 'DeliveryReported', 'DeliveryConfirmed'],
  },
  play: async ({ trade, stripe, carrier, until, untilShipment }) => {
    stripe.pay(trade.payment.paymentIntentId);
    const trackingNumber = await untilShipment('label_created');
    carrier.advance(trackingNumber, { status: 'in_transit' });
    carrier.advance(trackingNumber, {
      ...{ status: 'in_transit', statusDetail: 'awaiting_information' },
      message: 'Held by customs: the commercial invoice is missing',
    });
    const held = await until(
      'held by customs',
      (now) => labeledShipment(now)?.status === 'customs_held',
    );
    const reason = labeledShipment(held)?.reason;
    if (reason !== 'customs_docs') throw new Error(`Customs holds it for ${reason}, not papers.`);
    carrier.advance(trackingNumber, { status: 'in_transit', message: 'Released by customs' });
    await until('cleared', (now) => labeledShipment(now)?.reason === 'customs_cleared');
    carrier.advance(trackingNumber, { status: 'delivered' });
  },
};
