import * as fc from 'fast-check';
import type { ShipmentEvent } from '../../../events/index.ts';
import { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { shipmentStream } from '../../../src/platform/ids.ts';
import { consumeTracking } from '../../../src/process/consume-tracking.ts';
import { later, sample, shipmentId, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { scanAt } from '../../support/scans.ts';
import { trackingMessage } from './post.ts';

const labeled = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const { trackerId } = story.labelPurchased;

async function setUp(
  history: readonly ShipmentEvent[] = labeled,
  isTracked = true,
  graceSeconds = 0,
) {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const views = inMemoryViewStore();
  for (const [index, event] of history.entries()) {
    await records.append({
      ...recordOf(shipmentStream(shipmentId), index + 1),
      events: [event],
      journal: [],
    });
  }
  if (isTracked) await views.putTracker('easypost', trackerId, shipmentId);
  const now = () => new Date(story.deliveryConfirmed.confirmedAt);
  const consume = consumeTracking({ store: journaledStore(records), now, views, graceSeconds });
  const events = () =>
    records
      .all()
      .flatMap((record) => record.events)
      .slice(history.length);
  const types = () => events().map(({ type }) => type);
  return { consume, views, events, types };
}

const [inTransit, delivered] = [scanAt(2, 'in_transit'), scanAt(9, 'delivered')];

const bodyOfDispatch = story.shipmentDispatched;

describe('Scans of a parcel', () => {
  it('are recorded with what they come to', async () => {
    const { consume, events } = await setUp();
    expect(await consume(trackingMessage('hook_1', [inTransit]))).toEqual({ kind: 'done' });
    expect(events()).toEqual([
      { type: 'TrackingUpdated', version: 1, status: 'in_transit', scans: [inTransit] },
      { ...bodyOfDispatch, dispatchedAt: inTransit.occurredAt },
    ]);
  });

  it('that are known are not recorded again', async () => {
    const { consume, events } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit]));
    await consume(trackingMessage('hook_1', [inTransit]));
    await consume(trackingMessage('hook_2', [inTransit]));
    await consume(trackingMessage('hook_3', [inTransit, delivered]));
    expect(events()).toMatchObject([
      { scans: [inTransit] },
      { type: 'ShipmentDispatched' },
      { scans: [delivered] },
      { type: 'ShipmentDelivered' },
    ]);
  });

  it('that come after the delivery they precede do not undo it', async () => {
    const { consume, types, events } = await setUp();
    await consume(trackingMessage('hook_2', [delivered]));
    await consume(trackingMessage('hook_1', [inTransit]));
    expect(types()).toEqual([
      ...['TrackingUpdated', 'ShipmentDispatched', 'ShipmentDelivered', 'TrackingUpdated'],
    ]);
    expect(events().at(-1)).toMatchObject({ status: 'delivered' });
  });

  it('that are none change nothing', async () => {
    const { consume, types } = await setUp();
    expect(await consume(trackingMessage('hook_1', []))).toEqual({ kind: 'done' });
    expect(types()).toEqual([]);
  });
});

describe('A delivery', () => {
  it('is told once, with the time of its scan and a hash of it', async () => {
    const { consume, events } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(12, 'delivered')]));
    expect(events().filter(({ type }) => type === 'ShipmentDelivered')).toMatchObject([
      {
        deliveredAt: delivered.occurredAt,
        evidenceSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('has the same evidence whatever else was scanned', async () => {
    const evidence = async (...scans: Parameters<typeof trackingMessage>[1]) => {
      const { consume, events } = await setUp();
      await consume(trackingMessage('hook_1', scans));
      return events().find(({ type }) => type === 'ShipmentDelivered');
    };
    expect(await evidence(delivered)).toEqual(await evidence(inTransit, delivered));
    expect(await evidence(delivered)).not.toEqual(await evidence(scanAt(10, 'delivered')));
  });

  it('that the provider itself contradicts moves no money', async () => {
    const { consume, types } = await setUp();
    const summary = scanAt(9, 'returned', { synthetic: true, sequence: 1_000_000 });
    await consume(trackingMessage('hook_1', [inTransit, delivered, summary]));
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
  });

  it('that turns into a return is taken back', async () => {
    const { consume, types, events } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning')]));
    expect(types().slice(3)).toEqual(['TrackingUpdated', 'ShipmentDeliveryWithdrawn']);
    expect(events().at(-1)).toMatchObject({ status: 'returning' });
  });
});

describe('A delivery that must stand for a while', () => {
  it('is reported, and told to nobody', async () => {
    const { consume, events } = await setUp(labeled, true, 600);
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(10, 'delivered')]));
    expect(events().slice(2)).toMatchObject([
      {
        type: 'DeliveryReported',
        deliveredAt: delivered.occurredAt,
        stableAt: later(story.deliveryConfirmed.confirmedAt, 600),
      },
      { type: 'TrackingUpdated' },
    ]);
  });

  it('leaves no withdrawal behind, for it was never told', async () => {
    const { consume, types } = await setUp(labeled, true, 600);
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning')]));
    expect(types().slice(2)).toEqual(['DeliveryReported', 'TrackingUpdated']);
  });
});

describe('A delivery that nobody signed', () => {
  const unsigned = { ...delivered, unsigned: true } as const;

  it('is shown, and counts for no money', async () => {
    for (const graceSeconds of [0, 600]) {
      const { consume, events, types } = await setUp(labeled, true, graceSeconds);
      await consume(trackingMessage('hook_1', [inTransit, unsigned]));
      expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
      expect(events()[0]).toMatchObject({ status: 'delivered', flags: ['unconfirmed'] });
    }
  });

  it('counts once the same scan comes signed, and keeps no mark', async () => {
    const { consume, events, types } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit, unsigned]));
    await consume(trackingMessage('hook_2', [unsigned]));
    await consume(trackingMessage('hook_3', [delivered]));
    expect(types().slice(2)).toEqual(['TrackingUpdated', 'ShipmentDelivered']);
    expect(events()[2]).toEqual({
      ...{ type: 'TrackingUpdated', version: 1, status: 'delivered', scans: [delivered] },
    });
    expect(events()[3]).toMatchObject({ deliveredAt: delivered.occurredAt });
  });

  it('changes nothing of one that was signed', async () => {
    const { consume, types } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [unsigned]));
    expect(types().slice(2)).toEqual(['ShipmentDelivered']);
  });

  it('gives the time and the evidence of the signed one, not its own', async () => {
    const { consume, events } = await setUp();
    const early = scanAt(4, 'delivered', { unsigned: true });
    await consume(trackingMessage('hook_1', [inTransit, early]));
    await consume(trackingMessage('hook_2', [delivered]));
    expect(events().at(-1)).toMatchObject({
      ...{ type: 'ShipmentDelivered', deliveredAt: delivered.occurredAt },
    });
  });

  it('still takes a delivery back where it turns into a return', async () => {
    const { consume, types } = await setUp();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning', { unsigned: true })]));
    expect(types().slice(3)).toEqual(['TrackingUpdated', 'ShipmentDeliveryWithdrawn']);
  });

  it('delivers no shipment of which another parcel was signed for', async () => {
    const { consume, events, types } = await setUp();
    const [first, second] = ['a', 'b'].map((parcel) => ({ ...delivered, key: parcel, parcel }));
    if (first === undefined || second === undefined) throw new Error('Two parcels.');
    await consume(trackingMessage('hook_1', [first, { ...second, unsigned: true }]));
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
    expect(events()[0]).toMatchObject({ status: 'delivered', flags: ['unconfirmed'] });
    await consume(trackingMessage('hook_2', [second]));
    expect(types()).toContain('ShipmentDelivered');
  });

  it('counts whatever the order in which both were told', async () => {
    const all = [inTransit, unsigned, delivered];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: 3 }), async (told) => {
        const { consume, types } = await setUp();
        for (const [index, scan] of told.entries()) {
          await consume(trackingMessage(`hook_${index}`, [scan]));
        }
        expect(types().filter((type) => type === 'ShipmentDelivered')).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});

describe('A tracking message waits', () => {
  it('while its tracker is not known', async () => {
    const { consume } = await setUp(labeled, false);
    expect(await consume(trackingMessage('hook_1', [delivered]))).toMatchObject({
      kind: 'too_early',
      code: 'tracking.unknown_tracker',
    });
  });

  it('while its label is not recorded', async () => {
    const { consume } = await setUp(labeled.slice(0, 2));
    expect(await consume(trackingMessage('hook_1', [delivered]))).toMatchObject({
      kind: 'too_early',
      code: 'shipment.no_label',
    });
  });
});

describe('A tracking webhook that nobody could read', () => {
  it('goes to a person, with the reason', async () => {
    const { consume } = await setUp();
    const unreadable = sample(WebhookUnreadable, 'messages/webhook-unreadable');
    expect(await consume(unreadable)).toMatchObject({
      kind: 'rejected',
      code: 'tracking.unreadable_webhook',
      detail: unreadable.reason,
    });
  });
});

describe('A number that was another parcel’s before', () => {
  const purchasedAt = scanAt(0, 'label_created').occurredAt;
  const ours: readonly ShipmentEvent[] = [
    story.shipmentRequested,
    story.carrierShipmentCreated,
    { ...story.labelPurchased, purchasedAt },
  ];
  const before = scanAt(-24 * 90, 'delivered');

  it('brings in nothing of that time, and shows it', async () => {
    const { consume, events } = await setUp(ours);
    await consume(trackingMessage('hook_1', [before, inTransit]));
    expect(events()).toEqual([
      {
        type: 'TrackingUpdated',
        version: 1,
        status: 'in_transit',
        scans: [inTransit],
        flags: ['recycled'],
      },
      { ...bodyOfDispatch, dispatchedAt: inTransit.occurredAt },
    ]);
  });

  it('is shown from then on', async () => {
    const { consume, events } = await setUp(ours);
    await consume(trackingMessage('hook_1', [before, inTransit]));
    await consume(trackingMessage('hook_2', [delivered]));
    const updates = events().filter(({ type }) => type === 'TrackingUpdated');
    expect(updates).toMatchObject([{ flags: ['recycled'] }, { flags: ['recycled'] }]);
  });

  it('is set aside for a person where nothing else was told', async () => {
    const { consume, types } = await setUp(ours);
    expect(await consume(trackingMessage('hook_1', [before]))).toMatchObject({
      kind: 'rejected',
      code: 'shipment.recycled_number',
    });
    expect(types()).toEqual([]);
  });
});

describe('A shipment of several parcels', () => {
  const parcelOf = (parcel: string, scan: typeof delivered) => ({
    ...scan,
    key: `${scan.key}-${parcel}`,
    parcel,
  });

  it('is delivered when all of them are', async () => {
    const { consume, types, events } = await setUp();
    const [first, second] = [parcelOf('a', delivered), parcelOf('b', inTransit)];
    await consume(trackingMessage('hook_1', [first, second]));
    expect(events()).toMatchObject([
      { status: 'in_transit', flags: ['parcels_differ'] },
      { type: 'ShipmentDispatched' },
    ]);
    await consume(trackingMessage('hook_2', [first, second, parcelOf('b', delivered)]));
    expect(types().slice(2)).toEqual(['TrackingUpdated', 'ShipmentDelivered']);
  });
});

describe('Parcels that were bought together', () => {
  const [first, second] = story.parcelsLabeled.parcels;
  const bought = [...labeled, story.parcelsLabeled];
  const told = (deliveryId: string, parcel: typeof first, ...scans: (typeof delivered)[]) => ({
    ...trackingMessage(
      deliveryId,
      scans.map((scan) => ({ ...scan, key: `${scan.key}-${parcel?.trackerId}` })),
    ),
    trackerId: parcel?.trackerId ?? '',
  });
  const start = async () => {
    const desk = await setUp(bought);
    await desk.views.putTracker('easypost', second?.trackerId ?? '', shipmentId);
    return desk;
  };

  it('are waited for, also the one that was never scanned', async () => {
    const { consume, types, events } = await start();
    await consume(told('hook_1', first, inTransit, delivered));
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
    expect(events()[0]).toMatchObject({ status: 'unknown', flags: ['parcels_differ'] });
    await consume(told('hook_2', second, delivered));
    expect(types().slice(2)).toEqual(['TrackingUpdated', 'ShipmentDelivered']);
  });

  it('are each known by the tracker that told of them', async () => {
    const { consume, events } = await start();
    await consume(told('hook_1', second, inTransit));
    expect(events()[0]).toMatchObject({ scans: [{ parcel: second?.trackingNumber }] });
  });
});

describe('An aggregator that follows a parcel by its number', () => {
  it('is believed under the number of the label', async () => {
    const { consume, views, types } = await setUp();
    await views.putTracker('tracking-number', story.labelPurchased.trackingNumber, shipmentId);
    const told = {
      ...trackingMessage('hook_1', [inTransit]),
      provider: '17track',
      trackerId: 'JX4417820036KR',
      trackingNumber: story.labelPurchased.trackingNumber,
    };
    expect(await consume(told)).toEqual({ kind: 'done' });
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
    const stranger = { ...told, deliveryId: 'hook_2', trackingNumber: 'JX0000000000KR' };
    expect(await consume(stranger)).toMatchObject({ kind: 'too_early' });
  });
});
