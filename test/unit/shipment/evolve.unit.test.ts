import type { ShipmentEvent } from '../../../events/index.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { shipmentEvolution } from '../../../src/shipment/shipment.ts';
import { bodyOf, story } from '../../support/builders.ts';

const { shipmentRequested, carrierShipmentCreated, labelPurchased, labelRefused } = story;
const { deliveryReported, deliveryProven, carrierAsked, shipmentSilent } = story;
const { trackingUpdated, shipmentDelivered, shipmentDeliveryWithdrawn } = story;

const stateAfter = (...events: readonly ShipmentEvent[]) =>
  events.reduce(shipmentEvolution.evolve, shipmentEvolution.initial);

const codeOf = (events: readonly ShipmentEvent[]): string | undefined => {
  try {
    stateAfter(...events);
    return undefined;
  } catch (error) {
    return isCodedError(error) && !error.retryable ? error.code : 'not a defect';
  }
};

const prepared = [shipmentRequested, carrierShipmentCreated];
const labeled = [...prepared, labelPurchased];
const delivered = [...labeled, trackingUpdated, shipmentDelivered];

const histories = {
  not_requested: [],
  called_off: [story.shipmentCalledOff],
  requested: [shipmentRequested],
  prepared,
  refused: [shipmentRequested, labelRefused],
  refused_by_sale: [...prepared, labelRefused],
  claimed: [...prepared, story.purchaseClaimed],
  labeled,
  on_its_way: [...labeled, trackingUpdated],
  silent: [...labeled, carrierAsked, shipmentSilent],
  reported: [...labeled, trackingUpdated, deliveryReported],
  delivered,
  withdrawn: [...delivered, shipmentDeliveryWithdrawn],
} as const satisfies Record<string, readonly ShipmentEvent[]>;

type StateName = keyof typeof histories;
const stateNames = Object.keys(histories) as StateName[];

const undelivered: readonly StateName[] = [
  ...(['labeled', 'on_its_way', 'silent', 'reported', 'withdrawn'] as const),
];

/** In which states each event may stand next. */
const legal: Readonly<Record<ShipmentEvent['type'], readonly StateName[]>> = {
  ShipmentRequested: ['not_requested'],
  ShipmentCalledOff: ['not_requested'],
  CarrierShipmentCreated: ['requested'],
  PurchaseClaimed: ['prepared', 'claimed'],
  ReturnRequested: ['requested'],
  LabelPurchased: ['prepared', 'claimed'],
  ParcelsLabeled: [...undelivered, 'delivered'],
  LabelVoidRequested: [...undelivered, 'delivered'],
  LabelVoided: [...undelivered, 'delivered'],
  LabelVoidRefused: [...undelivered, 'delivered'],
  TrackingSubscribed: [...undelivered, 'delivered'],
  PickupRequested: [...undelivered, 'delivered'],
  PickupClaimed: [...undelivered, 'delivered'],
  PickupScheduled: [...undelivered, 'delivered'],
  PickupRefused: [...undelivered, 'delivered'],
  PickupUncertain: [...undelivered, 'delivered'],
  PickupCancelRequested: [...undelivered, 'delivered'],
  PickupCanceled: [...undelivered, 'delivered'],
  PickupCancelRefused: [...undelivered, 'delivered'],
  LabelRefused: ['requested', 'prepared', 'claimed'],
  TrackingUpdated: [...undelivered, 'delivered'],
  TrackingFlagged: [...undelivered, 'delivered'],
  ShipmentDispatched: [...undelivered, 'delivered'],
  ShipmentDelivered: undelivered,
  ShipmentDeliveryWithdrawn: ['delivered'],
  DeliveryReported: undelivered,
  DeliveryProven: ['delivered'],
  CarrierAsked: [...undelivered, 'delivered'],
  ShipmentSilent: [...undelivered, 'delivered'],
};

const events = [
  ...[shipmentRequested, carrierShipmentCreated, labelPurchased, labelRefused],
  story.shipmentCalledOff,
  ...[trackingUpdated, shipmentDelivered, shipmentDeliveryWithdrawn, story.shipmentDispatched],
  ...[deliveryReported, deliveryProven, carrierAsked, shipmentSilent],
  ...[story.purchaseClaimed, story.parcelsLabeled, story.trackingSubscribed],
  ...[story.pickupRequested, story.pickupClaimed, story.pickupScheduled, story.pickupRefused],
  story.trackingFlagged,
  ...[story.pickupUncertain, story.pickupCancelRequested],
  ...[story.pickupCanceled, story.pickupCancelRefused],
  ...[story.returnRequested, story.labelVoidRequested, story.labelVoided, story.labelVoidRefused],
];

const cases = stateNames.flatMap((state) =>
  events.map((event) => ({ state, event, type: event.type })),
);

describe('A history of a shipment in which', () => {
  it.each(cases.filter(({ state, type }) => legal[type].includes(state)))(
    '$type follows $state is legal',
    ({ state, event }) => {
      expect(codeOf([...histories[state], event])).toBeUndefined();
    },
  );

  it.each(cases.filter(({ state, type }) => !legal[type].includes(state)))(
    '$type follows $state is refused',
    ({ state, event }) => {
      expect(codeOf([...histories[state], event])).toBe('shipment.illegal_history');
    },
  );
});

describe('The state of a shipment', () => {
  const order = bodyOf(shipmentRequested);
  const { shipmentId: _, tradeId: __, ...label } = bodyOf(labelPurchased);

  it('holds the carrier’s shipment before its label, and the label after it', () => {
    const { carrierShipmentId } = carrierShipmentCreated;
    expect(stateAfter(...prepared)).toEqual({
      ...{ status: 'prepared', order, carrierShipmentId, claim: null },
    });
    expect(stateAfter(...labeled)).toEqual({
      ...{ status: 'labeled', order, label },
      ...{ trackingStatus: 'label_created', trackingFlags: [], delivered: false, scans: [] },
      ...{
        parcels: [],
        voiding: null,
        pickups: [],
        subscriptions: {},
        reported: null,
        asked: null,
        isOverdue: false,
      },
    });
  });

  it('says why the carrier refused, wherever it did', () => {
    const { code, fields } = labelRefused;
    const refused = { status: 'refused', order, code, fields };
    expect(stateAfter(...histories.refused)).toEqual(refused);
    expect(stateAfter(...histories.refused_by_sale)).toEqual(refused);
  });

  it('keeps every scan in the order of its record, and the status of the last', () => {
    const [scan] = trackingUpdated.scans;
    const earlier = { ...trackingUpdated, status: 'in_transit' as const };
    expect(stateAfter(...labeled, earlier, trackingUpdated)).toMatchObject({
      trackingStatus: trackingUpdated.status,
      scans: [scan, scan],
    });
  });

  it('keeps a scan that was unsigned as it is told anew, signed', () => {
    const [scan] = trackingUpdated.scans;
    const unsigned = trackingUpdated.scans.map((one) => ({ ...one, unsigned: true as const }));
    const before = { ...trackingUpdated, scans: unsigned, flags: ['unconfirmed'] };
    expect(stateAfter(...labeled, before, trackingUpdated)).toMatchObject({ scans: [scan] });
    expect(stateAfter(...labeled, before, trackingUpdated)).not.toMatchObject({ scans: unsigned });
  });

  it('is delivered as long as no one took it back', () => {
    expect(stateAfter(...delivered)).toMatchObject({ delivered: true });
    expect(stateAfter(...histories.withdrawn)).toMatchObject({ delivered: false });
    expect(stateAfter(...histories.withdrawn, shipmentDelivered)).toMatchObject({
      delivered: true,
    });
  });
});
