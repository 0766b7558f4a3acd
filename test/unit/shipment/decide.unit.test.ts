import type { ShipmentEvent } from '../../../events/index.ts';
import { decideShipment, type ShipmentCommand } from '../../../src/shipment/decide.ts';
import { shipmentEvolution } from '../../../src/shipment/shipment.ts';
import { bodyOf, later, story } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';

const { given } = specification({ evolution: shipmentEvolution, decide: decideShipment });
const { shipmentRequested, carrierShipmentCreated, labelPurchased, labelRefused } = story;
const { trackingUpdated, shipmentDelivered, shipmentDeliveryWithdrawn } = story;
const { shipmentId: _, tradeId: __, ...label } = bodyOf(labelPurchased);
const { deliveredAt, evidenceSha256 } = shipmentDelivered;

const labeled = [shipmentRequested, carrierShipmentCreated, labelPurchased];
const delivered = [
  ...labeled,
  { ...trackingUpdated, status: 'delivered' as const },
  shipmentDelivered,
];

const histories: Readonly<Record<string, readonly ShipmentEvent[]>> = {
  not_requested: [],
  requested: [shipmentRequested],
  prepared: [shipmentRequested, carrierShipmentCreated],
  refused: [shipmentRequested, labelRefused],
  labeled,
  delivered,
};

const scans = trackingUpdated.scans;
const commands = {
  RequestShipment: { type: 'RequestShipment', order: bodyOf(shipmentRequested) },
  RecordCarrierShipment: { type: 'RecordCarrierShipment', ...bodyOf(carrierShipmentCreated) },
  RecordLabel: { type: 'RecordLabel', label },
  RecordAnotherLabel: { type: 'RecordLabel', label: { ...label, trackingNumber: 'ANOTHER' } },
  RecordRefusal: { type: 'RecordRefusal', code: labelRefused.code },
  ScanOnItsWay: {
    type: 'RecordScans',
    tracking: { status: 'in_transit', flags: [], newScans: scans, delivery: null },
  },
  ScanDelivered: {
    type: 'RecordScans',
    tracking: {
      status: 'delivered',
      flags: [],
      newScans: scans,
      delivery: { deliveredAt, evidenceSha256 },
    },
  },
  ScanKnown: {
    type: 'RecordScans',
    tracking: { status: 'in_transit', flags: [], newScans: [], delivery: null },
  },
} as const satisfies Record<string, ShipmentCommand>;

const nothing = 'nothing';
const unlabeled = 'too early shipment.no_label';
const unprepared = 'rejected shipment.not_prepared';
const second = 'rejected shipment.second_label';

/** What each command leads to: not requested, requested, prepared, refused, labeled, delivered. */
const matrix: Readonly<Record<keyof typeof commands, readonly string[]>> = {
  RequestShipment: ['ShipmentRequested', nothing, nothing, nothing, nothing, nothing],
  RecordCarrierShipment: [nothing, 'CarrierShipmentCreated', nothing, nothing, nothing, nothing],
  RecordLabel: [unprepared, unprepared, 'LabelPurchased', unprepared, nothing, nothing],
  RecordAnotherLabel: [unprepared, unprepared, 'LabelPurchased', unprepared, second, second],
  RecordRefusal: [nothing, 'LabelRefused', 'LabelRefused', nothing, nothing, nothing],
  ScanOnItsWay: [
    unlabeled,
    unlabeled,
    unlabeled,
    unlabeled,
    'TrackingUpdated ShipmentDispatched',
    'TrackingUpdated ShipmentDeliveryWithdrawn',
  ],
  ScanDelivered: [
    unlabeled,
    unlabeled,
    unlabeled,
    unlabeled,
    'TrackingUpdated ShipmentDispatched ShipmentDelivered',
    'TrackingUpdated',
  ],
  ScanKnown: [unlabeled, unlabeled, unlabeled, unlabeled, nothing, nothing],
};

const dispatchedAt = trackingUpdated.scans[0]?.occurredAt ?? '';

describe('A shipment', () => {
  const statuses = Object.keys(histories);
  const cases = Object.entries(matrix).flatMap(([command, outcomes]) =>
    outcomes.map((outcome, index) => ({ command, status: statuses[index] ?? '', outcome })),
  );
  it.each(cases)(
    'that is $status answers $command with $outcome',
    ({ command, status, outcome }) => {
      const { decision } = given(...(histories[status] ?? [])).when(
        commands[command as keyof typeof commands],
      );
      expect(summaryOf(decision)).toBe(outcome);
    },
  );

  it.each(['unknown', 'label_created', 'cancelled'] as const)(
    'is not with the carrier by a scan that says %s',
    (status) => {
      const newScans = trackingUpdated.scans.map((scan) => ({ ...scan, status }));
      const tracking = { ...commands.ScanOnItsWay.tracking, status, newScans };
      const { decision } = given(...labeled).when({ ...commands.ScanOnItsWay, tracking });
      expect(summaryOf(decision)).toBe('TrackingUpdated');
    },
  );

  it('tells of its delivery on each entry: delivered, withdrawn, delivered again', () => {
    given(...labeled)
      .when(commands.ScanDelivered)
      .thenEvents(
        { ...trackingUpdated, status: 'delivered' },
        { ...story.shipmentDispatched, dispatchedAt },
        shipmentDelivered,
      );
    given(...delivered)
      .when({
        ...commands.ScanOnItsWay,
        tracking: { ...commands.ScanOnItsWay.tracking, status: 'returning' },
      })
      .thenEvents(
        { ...trackingUpdated, status: 'returning' },
        { ...shipmentDeliveryWithdrawn, status: 'returning' },
      );
    given(...delivered, { ...trackingUpdated, status: 'returning' }, shipmentDeliveryWithdrawn)
      .when(commands.ScanDelivered)
      .thenEvents({ ...trackingUpdated, status: 'delivered' }, shipmentDelivered);
  });

  it.each([
    { what: 'a label without a carrier’s shipment', events: [shipmentRequested, labelPurchased] },
    { what: 'scans without a label', events: [shipmentRequested, trackingUpdated] },
    { what: 'a second label', events: [...labeled, labelPurchased] },
  ])('has no history with $what', ({ events }) => {
    expect(() => events.reduce(shipmentEvolution.evolve, shipmentEvolution.initial)).toThrow(
      'cannot follow',
    );
  });
});

describe('Claiming a purchase', () => {
  const at = '2026-07-01T09:00:00.000Z';
  const prepared = [shipmentRequested, carrierShipmentCreated];
  const claim = { type: 'ClaimPurchase', at, claimSeconds: 300 } as const;
  const claimed = { ...story.purchaseClaimed, claimedAt: at };

  it('is for one worker at a time', () => {
    given(...prepared)
      .when(claim)
      .thenEvents({ ...claimed, attempt: 1 });
    const { decision } = given(...prepared, claimed).when({ ...claim, at: later(at, 299) });
    expect(summaryOf(decision)).toBe('too early shipment.purchase_under_way');
  });

  it('is for the next one once nobody can be at it any more', () => {
    given(...prepared, claimed)
      .when({ ...claim, at: later(at, 300) })
      .thenEvents({ ...claimed, attempt: 2, claimedAt: later(at, 300) });
  });

  it('is for nobody where there is nothing to buy', () => {
    for (const history of [[], [shipmentRequested], labeled]) {
      expect(summaryOf(given(...history).when(claim).decision)).toBe('nothing');
    }
  });

  it('makes several parcels of one label, in one decision', () => {
    const { parcels } = story.parcelsLabeled;
    given(...prepared, claimed)
      .when({ ...commands.RecordLabel, parcels })
      .thenEvents(labelPurchased, story.parcelsLabeled);
  });
});
