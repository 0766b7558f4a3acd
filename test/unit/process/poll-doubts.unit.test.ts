import { later, story } from '../../support/builders.ts';
import { scanAt } from '../../support/scans.ts';
import { delivered, inTransit, labeled, labeledAt, setUp, wait } from './polls.ts';

describe('A delivery that a carrier reports and another does not', () => {
  const dueAt = later(labeledAt, 3_600);
  const isReported = { ...story.deliveryReported, stableAt: dueAt };
  const isDelivered = { ...story.trackingUpdated, status: 'delivered' } as const;

  it('is in doubt where its carrier still has the parcel, until that says the same', async () => {
    const told = { ...delivered, key: '17track:delivered' };
    const history = [...labeled, { ...isDelivered, scans: [told] }, isReported];
    const { pass, answers, events, types } = await setUp(history, 3_600);
    answers([inTransit, { ...inTransit, key: 'sum', synthetic: true }]);
    await pass('delivery_stable', dueAt);
    expect(events()).toMatchObject([
      { type: 'TrackingUpdated', status: 'delivered', flags: ['provider_conflict'] },
    ]);
    await pass('carrier_silent', later(dueAt, wait));
    expect(types().slice(1)).toEqual(['CarrierAsked']);
    answers([]);
    await pass('carrier_silent', later(dueAt, 3 * wait));
    expect(types().slice(1)).toEqual(['CarrierAsked', 'CarrierAsked', 'ShipmentSilent']);
    answers([inTransit, told]);
    await pass('carrier_silent', later(dueAt, 6 * wait));
    expect(events().slice(4)).toMatchObject([
      { type: 'TrackingFlagged', status: 'delivered', flags: [] },
      { type: 'DeliveryReported' },
    ]);
  });

  it('is in doubt, too, where the answer has nothing new', async () => {
    const history = [...labeled, { ...isDelivered, scans: [inTransit, delivered] }, isReported];
    const { pass, answers, types } = await setUp(history, 3_600);
    answers([inTransit]);
    for (const _ of [1, 2]) await pass('delivery_stable', dueAt);
    expect(types()).toEqual(['TrackingFlagged']);
  });

  it('counts where its seller has the parcel and its carrier has delivered it', async () => {
    const { pass, answers, mover, types } = await setUp(
      [...labeled, { ...isDelivered, scans: [delivered] }, isReported],
      3_600,
    );
    answers([inTransit]);
    mover.scans = [{ ...delivered, key: 'ups:delivered' }];
    await pass('delivery_stable', dueAt);
    expect(types()).toContain('ShipmentDelivered');
  });
});

describe('An answer that has scans of another parcel alone', () => {
  const old = { ...scanAt(1, 'delivered'), occurredAt: '2025-01-02T10:00:00.000Z' };
  const dated = { ...story.labelPurchased, purchasedAt: labeledAt };

  it('is told to have them, and counts as a question in vain', async () => {
    const { pass, answers, events, types } = await setUp([...labeled.slice(0, 2), dated]);
    answers([old]);
    await pass('carrier_silent', later(labeledAt, wait));
    expect(events()).toMatchObject([
      { type: 'TrackingFlagged', status: 'unknown', flags: ['recycled'] },
      { type: 'CarrierAsked', asks: 1 },
    ]);
    await pass('carrier_silent', later(labeledAt, 3 * wait));
    expect(types().slice(2)).toEqual(['CarrierAsked', 'ShipmentSilent']);
  });
});
