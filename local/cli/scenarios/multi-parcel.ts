import { labeledShipment } from '../marketplace.ts';
import { sample } from './sample.ts';
import type { Scenario } from './scenario.ts';

const PARCELS = 3;

/** The sample's goods, so heavy that they need three cartons. */
const heavy = sample.lineItems.map((item) => ({ ...item, weightGrams: 3 * item.weightGrams }));

export const multiParcel: Scenario = {
  name: 'multi-parcel',
  title: 'Three parcels under one purchase: the goods are delivered when the last one is',
  body: { ...sample, lineItems: heavy },
  isNeverCollected: true,
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 11,212.50 USD'],
    happened: ['ParcelsLabeled', 'DeliveryReported', 'DeliveryProven'],
  },
  play: async ({ trade, stripe, carrier, until }) => {
    stripe.pay(trade.payment.paymentIntentId);
    const bought = await until(
      'labeled',
      (now) => labeledShipment(now)?.parcels?.length === PARCELS,
    );
    const [last = '', ...others] = labeledShipment(bought)?.parcels ?? [];
    for (const trackingNumber of others) carrier.advance(trackingNumber, { status: 'delivered' });
    await until('delivered but for a parcel', (now) => {
      const shipment = labeledShipment(now);
      const delivered = shipment?.scans.filter(({ status }) => status === 'delivered');
      return (
        shipment?.flags?.includes('parcels_differ') === true && delivered?.length === others.length
      );
    });
    carrier.advance(last, { status: 'delivered' });
  },
};
