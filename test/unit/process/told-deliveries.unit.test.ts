import * as fc from 'fast-check';
import { later, story } from '../../support/builders.ts';
import { scanAt } from '../../support/scans.ts';
import { trackingMessage } from './post.ts';
import { delivered, inTransit, labeled, trackingDesk } from './tracking-desk.ts';

describe('A delivery', () => {
  it('is told once, with the time of its scan and a hash of it', async () => {
    const { consume, events } = await trackingDesk();
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
      const { consume, events } = await trackingDesk();
      await consume(trackingMessage('hook_1', scans));
      return events().find(({ type }) => type === 'ShipmentDelivered');
    };
    expect(await evidence(delivered)).toEqual(await evidence(inTransit, delivered));
    expect(await evidence(delivered)).not.toEqual(await evidence(scanAt(10, 'delivered')));
  });

  it('that the provider itself contradicts moves no money', async () => {
    const { consume, types } = await trackingDesk();
    const summary = scanAt(9, 'returned', { synthetic: true, sequence: 1_000_000 });
    await consume(trackingMessage('hook_1', [inTransit, delivered, summary]));
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
  });

  it('that turns into a return is taken back', async () => {
    const { consume, types, events } = await trackingDesk();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning')]));
    expect(types().slice(3)).toEqual(['TrackingUpdated', 'ShipmentDeliveryWithdrawn']);
    expect(events().at(-1)).toMatchObject({ status: 'returning' });
  });
});

describe('A delivery that must stand for a while', () => {
  it('is reported, and told to nobody', async () => {
    const { consume, events } = await trackingDesk(labeled, true, 600);
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
    const { consume, types } = await trackingDesk(labeled, true, 600);
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning')]));
    expect(types().slice(2)).toEqual(['DeliveryReported', 'TrackingUpdated']);
  });
});

describe('A delivery that nobody signed', () => {
  const unsigned = { ...delivered, unsigned: true } as const;

  it('is shown, and counts for no money', async () => {
    for (const graceSeconds of [0, 600]) {
      const { consume, events, types } = await trackingDesk(labeled, true, graceSeconds);
      await consume(trackingMessage('hook_1', [inTransit, unsigned]));
      expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
      expect(events()[0]).toMatchObject({ status: 'delivered', flags: ['unconfirmed'] });
    }
  });

  it('counts once the same scan comes signed, and keeps no mark', async () => {
    const { consume, events, types } = await trackingDesk();
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
    const { consume, types } = await trackingDesk();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [unsigned]));
    expect(types().slice(2)).toEqual(['ShipmentDelivered']);
  });

  it('gives the time and the evidence of the signed one, not its own', async () => {
    const { consume, events } = await trackingDesk();
    const early = scanAt(4, 'delivered', { unsigned: true });
    await consume(trackingMessage('hook_1', [inTransit, early]));
    await consume(trackingMessage('hook_2', [delivered]));
    expect(events().at(-1)).toMatchObject({
      ...{ type: 'ShipmentDelivered', deliveredAt: delivered.occurredAt },
    });
  });

  it('still takes a delivery back where it turns into a return', async () => {
    const { consume, types } = await trackingDesk();
    await consume(trackingMessage('hook_1', [inTransit, delivered]));
    await consume(trackingMessage('hook_2', [scanAt(20, 'returning', { unsigned: true })]));
    expect(types().slice(3)).toEqual(['TrackingUpdated', 'ShipmentDeliveryWithdrawn']);
  });

  it('delivers no shipment of which another parcel was signed for', async () => {
    const { consume, events, types } = await trackingDesk();
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
        const { consume, types } = await trackingDesk();
        for (const [index, scan] of told.entries()) {
          await consume(trackingMessage(`hook_${index}`, [scan]));
        }
        expect(types().filter((type) => type === 'ShipmentDelivered')).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});
