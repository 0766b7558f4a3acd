import type { ShipmentEvent } from '../../events/index.ts';
import type { TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import { histories } from '../unit/escrow/escrow-states.ts';
import { sampleAndBulk, shippedWith } from '../unit/escrow/milestones.ts';
import { story } from './builders.ts';
import { scanAt } from './scans.ts';
import type { ToldTrade } from './tracking-site.ts';

const labeled: readonly ShipmentEvent[] = [
  story.shipmentRequested,
  story.carrierShipmentCreated,
  story.labelPurchased,
];

const scan = (occurredAt: string, status: TrackingStatus, city: string, country: string) =>
  scanAt(0, status, { key: `easypost:${occurredAt}`, occurredAt, place: { city, country } });

const onTheWay: ShipmentEvent = {
  ...story.trackingUpdated,
  status: 'customs_processing',
  scans: [
    scan('2026-07-02T15:10:00.000Z', 'picked_up', 'SEATTLE', 'US'),
    scan('2026-07-03T03:42:00.000Z', 'in_transit', 'LOUISVILLE', 'US'),
    scan('2026-07-04T19:05:00.000Z', 'customs_processing', 'LEIPZIG', 'DE'),
  ],
};

/** The first parcel is delivered, the second is on its way. */
const inParcels = ([
  first,
  second,
]: (typeof story)['parcelsLabeled']['parcels']): ShipmentEvent => ({
  ...story.trackingUpdated,
  status: 'in_transit',
  scans: [
    scan('2026-07-02T15:10:00.000Z', 'picked_up', 'SEATTLE', 'US'),
    {
      ...scan('2026-07-06T08:17:00.000Z', 'delivered', 'BERLIN', 'DE'),
      parcel: first?.trackingNumber ?? '',
    },
    {
      ...scan('2026-07-05T03:42:00.000Z', 'in_transit', 'LEIPZIG', 'DE'),
      parcel: second?.trackingNumber ?? '',
    },
  ],
});

const dispatched: readonly ShipmentEvent[] = [...labeled, story.shipmentDispatched, onTheWay];
const delivered: readonly ShipmentEvent[] = [
  ...dispatched,
  story.trackingUpdated,
  story.shipmentDelivered,
];

/** The carrier says that it has delivered, and contradicts itself. */
export const inDoubt: ToldTrade = {
  escrow: histories.in_fulfilment,
  shipment: [...dispatched, { ...story.trackingUpdated, flags: ['provider_conflict'] }],
};

/** What is told of the parcel needs a word of its own, and its scans' times are known less and less well. */
export const noted: ToldTrade = {
  escrow: histories.in_fulfilment,
  shipment: [
    ...labeled,
    {
      ...story.trackingUpdated,
      status: 'delivered',
      flags: ['post_terminal_activity', 'recycled', 'stale', 'unconfirmed', 'unmapped'],
      scans: [
        scan('2026-07-02T15:10:00.000Z', 'picked_up', 'SEATTLE', 'US'),
        { ...scan('2026-07-03T03:42:00.000Z', 'in_transit', 'PARIS', 'FR'), timeZoneKnown: false },
        { ...scan('2026-07-06T00:00:00.000Z', 'delivered', 'BERLIN', 'DE'), timeZoneKnown: false },
      ],
    },
  ],
};

/** Trades as their buyers see them: one for each status, and one in two parts. */
export const toldTrades = {
  awaiting_payment: { escrow: histories.payment_requested },
  partlyPaid: { escrow: [...histories.payment_requested, story.partialPaymentReceived] },
  canceling: { escrow: histories.canceling },
  canceled: { escrow: histories.canceled },
  expired: { escrow: histories.expired },
  funded: { escrow: histories.converted },
  in_fulfilment: { escrow: histories.in_fulfilment, shipment: dispatched },
  delivered: { escrow: histories.delivered, shipment: delivered },
  released: { escrow: histories.released, shipment: delivered },
  settled: { escrow: histories.settled, shipment: delivered },
  refunding: { escrow: histories.refund_submitted, shipment: delivered },
  refunded: { escrow: histories.refunded, shipment: delivered },
  disputed: { escrow: histories.disputed, shipment: delivered },
  charged_back: { escrow: histories.charged_back, shipment: delivered },
  inTwoParcels: {
    escrow: histories.in_fulfilment,
    shipment: [
      ...labeled,
      story.parcelsLabeled,
      story.shipmentDispatched,
      inParcels(story.parcelsLabeled.parcels),
    ],
  },
  inTwoParts: {
    escrow: [...shippedWith(sampleAndBulk), story.deliveryConfirmed],
    shipment: delivered,
  },
} as const satisfies Record<string, ToldTrade>;

export const toldTradeNames = Object.keys(toldTrades) as (keyof typeof toldTrades)[];
