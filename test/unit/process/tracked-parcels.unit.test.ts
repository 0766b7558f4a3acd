import { shipmentId, story } from '../../support/builders.ts';
import { trackingMessage } from './post.ts';
import { delivered, inTransit, labeled, trackingDesk } from './tracking-desk.ts';

describe('A shipment of several parcels', () => {
  const parcelOf = (parcel: string, scan: typeof delivered) => ({
    ...scan,
    key: `${scan.key}-${parcel}`,
    parcel,
  });

  it('is delivered when all of them are', async () => {
    const { consume, types, events } = await trackingDesk();
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
    const desk = await trackingDesk(bought);
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
