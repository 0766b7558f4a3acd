import type { ShipmentEvent } from '../../../events/index.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import type { TrackingSubscriber } from '../../../src/shipment/subscribe.ts';
import { later, story } from '../../support/builders.ts';
import { scanAt } from '../../support/scans.ts';
import { delivered, inTransit, labeled, labeledAt, proof, setUp, wait } from './polls.ts';

describe('A parcel of which nothing was heard', () => {
  it('is asked about, and what the carrier tells is folded in like a webhook', async () => {
    const { pass, answers, asked, types } = await setUp();
    answers([inTransit]);
    expect(await pass('carrier_silent', later(labeledAt, wait))).toEqual({ kind: 'done' });
    expect(asked).toEqual([story.labelPurchased.trackerId]);
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched']);
  });

  it('is asked about at the carrier that moves it, too, whoever sold its label', async () => {
    const { pass, mover, asked, answers, types } = await setUp();
    answers([inTransit]);
    mover.scans = [inTransit, { ...delivered, key: 'ups:delivered' }];
    await pass('carrier_silent', later(labeledAt, wait));
    const { carrier, trackerId, trackingNumber } = story.labelPurchased;
    expect(asked).toEqual([trackerId, `${carrier} ${trackingNumber}`]);
    expect(types()).toContain('ShipmentDelivered');
  });

  it('is asked about where its label’s provider only pushes, if its carrier can be asked', async () => {
    const pushed = { ...story.labelPurchased, provider: 'karrio' };
    const { pass, mover, types } = await setUp([...labeled.slice(0, 2), pushed]);
    mover.scans = [inTransit];
    await pass('carrier_silent', later(labeledAt, wait));
    expect(types()).toContain('ShipmentDispatched');
  });

  it('is asked about once, however often the message comes', async () => {
    const { pass, answers, asked, types } = await setUp();
    answers([inTransit]);
    await pass('carrier_silent', later(labeledAt, wait));
    await pass('carrier_silent', later(labeledAt, wait));
    expect(asked).toHaveLength(1);
    expect(types()).toHaveLength(2);
  });

  it('is asked about later and later while there are no news, until the lane gives up', async () => {
    const { pass, events } = await setUp();
    let dueAt: string | undefined = later(labeledAt, wait);
    while (dueAt !== undefined) {
      await pass('carrier_silent', dueAt);
      const last = events().findLast(({ type }) => type === 'CarrierAsked');
      dueAt = last?.type === 'CarrierAsked' ? last.nextAskAt : undefined;
    }
    const asks = events().filter((event) => event.type === 'CarrierAsked');
    expect(asks.map(({ asks: count, askedAt }) => [count, askedAt])).toEqual(
      [1_000, 3_000, 5_000, 7_000, 9_000].map((s, index) => [index + 1, later(labeledAt, s)]),
    );
  });

  it('is told to a person once, when it is silent for too long', async () => {
    const { pass, types, events } = await setUp();
    await pass('carrier_silent', later(labeledAt, wait));
    expect(types()).toEqual(['CarrierAsked']);
    await pass('carrier_silent', later(labeledAt, 3_000));
    await pass('carrier_silent', later(labeledAt, 5_000));
    expect(types()).toEqual(['CarrierAsked', 'CarrierAsked', 'ShipmentSilent', 'CarrierAsked']);
    expect(events()).toContainEqual({ ...story.shipmentSilent, silentSince: labeledAt });
  });

  it('counts its silence anew after news', async () => {
    const { pass, answers, events } = await setUp();
    await pass('carrier_silent', later(labeledAt, wait));
    answers([inTransit]);
    await pass('carrier_silent', later(labeledAt, 3_000));
    answers([]);
    await pass('carrier_silent', later(labeledAt, 4_000));
    expect(events().at(-1)).toMatchObject({
      ...{ type: 'CarrierAsked', asks: 1, silentSince: later(labeledAt, 3_000) },
    });
  });
});

describe('Nobody is asked', () => {
  it('before the lane says so: there is another look', async () => {
    const { pass, asked, looks, types } = await setUp();
    await pass('carrier_silent', later(labeledAt, wait - 1));
    expect(asked).toEqual([]);
    expect(types()).toEqual([]);
    expect(await looks()).toEqual([later(labeledAt, wait)]);
  });

  it('once the parcel has come to an end', async () => {
    const { trackingUpdated, shipmentDelivered } = story;
    const { pass, asked, looks } = await setUp([...labeled, trackingUpdated, shipmentDelivered]);
    await pass('carrier_silent', later(labeledAt, 5_000));
    expect(asked).toEqual([]);
    expect(await looks()).toEqual([]);
  });

  it('where there is no label, and where the provider only pushes', async () => {
    const none = await setUp(labeled.slice(0, 2));
    expect(await none.pass('carrier_silent', later(labeledAt, wait))).toEqual({ kind: 'done' });
    const pushed = [...labeled.slice(0, 2), { ...story.labelPurchased, provider: 'karrio' }];
    const pushes = await setUp(pushed);
    expect(await pushes.pass('carrier_silent', later(labeledAt, wait))).toMatchObject({
      kind: 'ignored',
    });
    expect([...none.asked, ...pushes.asked]).toEqual([]);
  });

  it('is what a delivery gets that its own provider contradicts', async () => {
    const conflict = { ...story.trackingUpdated, flags: ['provider_conflict'] };
    const { pass, asked } = await setUp([...labeled, conflict]);
    await pass('carrier_silent', later(labeledAt, wait));
    expect(asked).toHaveLength(1);
  });
});

describe('A delivery that nobody signed', () => {
  const unsigned = { ...delivered, unsigned: true } as const;
  const unconfirmed: ShipmentEvent = {
    ...{ type: 'TrackingUpdated', version: 1, status: 'delivered' },
    ...{ scans: [unsigned], flags: ['unconfirmed'] },
  };
  const told = (graceSeconds = 0) => setUp([...labeled, unconfirmed], graceSeconds);

  it('is asked about at once, and counts where the carrier says the same', async () => {
    const { pass, answers, asked, events, types } = await told();
    answers([delivered]);
    await pass('carrier_silent', labeledAt);
    expect(asked).toEqual([story.labelPurchased.trackerId]);
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDelivered']);
    expect(events()[0]).not.toHaveProperty('flags');
  });

  it('counts, too, where the carrier tells it as a scan of its own', async () => {
    const { pass, answers, types } = await told(600);
    answers([inTransit, { ...delivered, key: 'easypost:asked' }]);
    await pass('carrier_silent', labeledAt);
    expect(types()).toEqual(['TrackingUpdated', 'DeliveryReported']);
  });

  it('does not count where the carrier still has the parcel', async () => {
    const { pass, answers, events, types } = await told();
    answers([inTransit]);
    await pass('carrier_silent', labeledAt);
    expect(types()).toEqual(['TrackingUpdated']);
    expect(events()[0]).toMatchObject({ status: 'delivered', flags: ['unconfirmed'] });
  });

  it('is asked about as patiently as silence once that was in vain', async () => {
    const { pass, events, types } = await told();
    await pass('carrier_silent', labeledAt);
    expect(events()).toMatchObject([
      { type: 'CarrierAsked', asks: 1, nextAskAt: later(labeledAt, 2_000) },
    ]);
    await pass('carrier_silent', later(labeledAt, 2_000));
    await pass('carrier_silent', later(labeledAt, 4_000));
    expect(types()).toEqual(['CarrierAsked', 'CarrierAsked', 'CarrierAsked', 'ShipmentSilent']);
  });
});

describe('A carrier that does not answer', () => {
  it('is asked again by the queue, and nothing is recorded', async () => {
    const { pass, fails, types } = await setUp();
    fails();
    await expect(pass('carrier_silent', later(labeledAt, wait))).rejects.toThrow(CodedError);
    expect(types()).toEqual([]);
  });
});

describe('A delivery that a carrier reports', () => {
  const grace = 600;
  const report = async (...args: Parameters<typeof setUp>) => {
    const desk = await setUp(...args);
    desk.answers([inTransit, delivered]);
    await desk.pass('carrier_silent', later(labeledAt, wait));
    return { ...desk, stableAt: later(labeledAt, wait + grace) };
  };

  it('counts at once where there is no window', async () => {
    const { types } = await report(labeled, 0);
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched', 'ShipmentDelivered']);
  });

  it('counts when it has stood for the whole window, with the carrier’s proof', async () => {
    const { types, events, pass, answers, stableAt } = await report(labeled, grace);
    expect(types()).toEqual(['TrackingUpdated', 'ShipmentDispatched', 'DeliveryReported']);
    expect(events().at(-1)).toMatchObject({ stableAt });
    answers([inTransit, delivered], proof);
    await pass('delivery_stable', stableAt);
    expect(types().slice(3)).toEqual(['ShipmentDelivered', 'DeliveryProven']);
    expect(events().at(-2)).toMatchObject({ deliveredAt: delivered.occurredAt });
    expect(events().at(-1)).toMatchObject({ ...proof, provider: 'easypost', seenAt: stableAt });
    await pass('delivery_stable', stableAt);
    expect(types()).toHaveLength(5);
  });

  it('does not count before that', async () => {
    const { types, pass } = await report(labeled, grace);
    await pass('delivery_stable', later(labeledAt, wait + grace - 1));
    expect(types()).not.toContain('ShipmentDelivered');
  });

  it('does not count where the carrier takes it back, though no webhook came', async () => {
    const { types, pass, answers, stableAt } = await report(labeled, grace);
    answers([inTransit, delivered, scanAt(12, 'returning')]);
    await pass('delivery_stable', stableAt);
    expect(types().slice(3)).toEqual(['TrackingUpdated']);
  });

  it('waits anew where it is reported anew', async () => {
    const { types, pass, answers, stableAt } = await report(labeled, grace);
    answers([inTransit, delivered, scanAt(12, 'returning'), scanAt(13, 'in_transit')]);
    await pass('delivery_stable', stableAt);
    await pass('delivery_stable', stableAt);
    expect(types()).not.toContain('ShipmentDelivered');
  });
});

describe('A parcel that others are to follow', () => {
  const day = 86_400;
  const follower = (provider: string, lastsSeconds?: number) => {
    const numbers: string[] = [];
    const subscriber: TrackingSubscriber = {
      provider,
      subscribe: async ({ trackingNumber }) => {
        numbers.push(trackingNumber);
        return {
          ...{ kind: 'subscribed', subscriptionId: `${provider}-${numbers.length}` },
          ...(lastsSeconds === undefined ? {} : { lastsSeconds }),
        };
      },
    };
    return { subscriber, numbers };
  };

  it('is told to each of them once, by its number', async () => {
    const { pass, subscribers, events } = await setUp();
    const [ups, ship24] = [follower('ups', 14 * day), follower('ship24')];
    subscribers.push(ups.subscriber, ship24.subscriber);
    await pass('subscription_due', labeledAt);
    await pass('subscription_due', labeledAt);
    expect([ups.numbers, ship24.numbers]).toEqual([
      [story.labelPurchased.trackingNumber],
      [story.labelPurchased.trackingNumber],
    ]);
    expect(events()).toMatchObject([
      { type: 'TrackingSubscribed', provider: 'ups', renewAt: later(labeledAt, 13 * day) },
      { type: 'TrackingSubscribed', provider: 'ship24', subscriptionId: 'ship24-1' },
    ]);
  });

  it('is told again before that lapses, until the parcel has come to an end', async () => {
    const { pass, subscribers, answers } = await setUp();
    const ups = follower('ups', 14 * day);
    subscribers.push(ups.subscriber, follower('ship24').subscriber);
    await pass('subscription_due', labeledAt);
    await pass('subscription_due', later(labeledAt, 13 * day));
    expect(ups.numbers).toHaveLength(2);
    answers([inTransit, delivered]);
    await pass('carrier_silent', later(labeledAt, 13 * day));
    await pass('subscription_due', later(labeledAt, 26 * day));
    expect(ups.numbers).toHaveLength(2);
  });

  it('is told of with every parcel under its label', async () => {
    const { pass, subscribers } = await setUp([...labeled, story.parcelsLabeled]);
    const ups = follower('ups', 14 * day);
    subscribers.push(ups.subscriber);
    await pass('subscription_due', labeledAt);
    expect(ups.numbers).toEqual(
      story.parcelsLabeled.parcels.map(({ trackingNumber }) => trackingNumber),
    );
  });

  it('is left to the others where one of them refuses it', async () => {
    const { pass, subscribers, types } = await setUp();
    subscribers.push({
      provider: '17track',
      subscribe: async () => ({ kind: 'refused', code: 'REGISTER.1', message: '' }),
    });
    expect(await pass('subscription_due', labeledAt)).toMatchObject({ kind: 'ignored' });
    expect(types()).toEqual([]);
  });
});
