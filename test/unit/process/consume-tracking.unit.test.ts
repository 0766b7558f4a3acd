import type { ShipmentEvent } from '../../../events/index.ts';
import { WebhookUnreadable } from '../../../events/messages/webhook-unreadable.v1.ts';
import { sample, shipmentId, story } from '../../support/builders.ts';
import { scanAt } from '../../support/scans.ts';
import { trackingMessage } from './post.ts';
import { delivered, inTransit, labeled, trackingDesk } from './tracking-desk.ts';

const bodyOfDispatch = story.shipmentDispatched;

describe('Scans of a parcel', () => {
  it('are recorded with what they come to', async () => {
    const { consume, events } = await trackingDesk();
    expect(await consume(trackingMessage('hook_1', [inTransit]))).toEqual({ kind: 'done' });
    expect(events()).toEqual([
      { type: 'TrackingUpdated', version: 1, status: 'in_transit', scans: [inTransit] },
      { ...bodyOfDispatch, dispatchedAt: inTransit.occurredAt },
    ]);
  });

  it('that are known are not recorded again', async () => {
    const { consume, events } = await trackingDesk();
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
    const { consume, types, events } = await trackingDesk();
    await consume(trackingMessage('hook_2', [delivered]));
    await consume(trackingMessage('hook_1', [inTransit]));
    expect(types()).toEqual([
      ...['TrackingUpdated', 'ShipmentDispatched', 'ShipmentDelivered', 'TrackingUpdated'],
    ]);
    expect(events().at(-1)).toMatchObject({ status: 'delivered' });
  });

  it('that are none change nothing', async () => {
    const { consume, types } = await trackingDesk();
    expect(await consume(trackingMessage('hook_1', []))).toEqual({ kind: 'done' });
    expect(types()).toEqual([]);
  });
});

describe('A tracking message waits', () => {
  it('while its tracker is not known', async () => {
    const { consume } = await trackingDesk(labeled, false);
    expect(await consume(trackingMessage('hook_1', [delivered]))).toMatchObject({
      kind: 'too_early',
      code: 'tracking.unknown_tracker',
    });
  });

  it('while its label is not recorded', async () => {
    const { consume } = await trackingDesk(labeled.slice(0, 2));
    expect(await consume(trackingMessage('hook_1', [delivered]))).toMatchObject({
      kind: 'too_early',
      code: 'shipment.no_label',
    });
  });
});

describe('A tracking webhook that nobody could read', () => {
  it('goes to a person, with the reason', async () => {
    const { consume } = await trackingDesk();
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
    const { consume, events } = await trackingDesk(ours);
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
    const { consume, events } = await trackingDesk(ours);
    await consume(trackingMessage('hook_1', [before, inTransit]));
    await consume(trackingMessage('hook_2', [delivered]));
    const updates = events().filter(({ type }) => type === 'TrackingUpdated');
    expect(updates).toMatchObject([{ flags: ['recycled'] }, { flags: ['recycled'] }]);
  });

  it('is set aside for a person where nothing else was told', async () => {
    const { consume, types } = await trackingDesk(ours);
    expect(await consume(trackingMessage('hook_1', [before]))).toMatchObject({
      kind: 'rejected',
      code: 'shipment.recycled_number',
    });
    expect(types()).toEqual([]);
  });
});

describe('An aggregator that follows a parcel by its number', () => {
  it('is believed under the number of the label', async () => {
    const { consume, views, types } = await trackingDesk();
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
