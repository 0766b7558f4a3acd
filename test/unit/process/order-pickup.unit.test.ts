import type { EscrowEvent, ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { shipmentStream } from '../../../src/platform/ids.ts';
import { consumeShipment } from '../../../src/process/consume-shipment.ts';
import {
  type CarrierPort,
  carrierUnavailable,
  type PickupRequest,
} from '../../../src/shipment/ports.ts';
import { shipmentId, story } from '../../support/builders.ts';
import { fakeCarrier } from '../../support/fake-carrier.ts';
import { recordOf } from '../../support/records.ts';
import { routedTo } from './routed.ts';

const labeled = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const { pickupRequested } = story;

/** A worker at a shipment whose pickup is requested, and a carrier whose couriers are counted. */
async function setUp(
  carrier: Partial<CarrierPort> = {},
  answers: (() => ReturnType<CarrierPort['schedulePickup']>)[] = [],
  then: readonly ShipmentEvent[] = [],
) {
  const shipments = inMemoryRecordStore<ShipmentEvent>();
  for (const [index, event] of [...labeled, pickupRequested, ...then].entries()) {
    const record = recordOf(shipmentStream(shipmentId), index + 1, [event]);
    await shipments.append({ ...record, journal: [], events: [event] });
  }
  let atMs = Date.parse(pickupRequested.requestedAt);
  const now = () => new Date(atMs);
  const ordered: PickupRequest[] = [];
  const port: CarrierPort = {
    ...fakeCarrier().port,
    schedulePickup: async (request) => {
      ordered.push(request);
      const answer = answers.shift();
      return answer === undefined ? { kind: 'scheduled', pickupId: 'pickup_1' } : answer();
    },
    ...carrier,
  };
  const another: CarrierPort = { ...fakeCarrier().port, carrier: 'shippo' };
  const consume = consumeShipment({
    ...{ store: journaledStore(shipments), now },
    escrows: { store: journaledStore(inMemoryRecordStore<EscrowEvent>()), now },
    carrier: another,
    carrierOf: async (provider) => (provider === 'easypost' ? port : undefined),
    vault: {
      get: async () => ({
        ...{ name: 'Daniel Reyes', phone: '+1 206 555 0142' },
        address: { street1: '1200 Alaskan Way', city: 'Seattle', postalCode: '1', country: 'US' },
      }),
    },
  });
  const [message] = shipments.all().slice(-1);
  if (message === undefined) throw new Error('Nothing was requested.');
  return {
    ordered,
    wait: (seconds: number): void => {
      atMs += seconds * 1_000;
    },
    consume: () => consume(routedTo('shipment', message)),
    types: () =>
      shipments
        .all()
        .flatMap(({ events }) => events.map(({ type }) => type))
        .slice(labeled.length + 1),
  };
}

const lost = () =>
  Promise.reject(carrierUnavailable('carrier.unknown_outcome', { message: 'No answer.' }));
const throttled = () =>
  Promise.reject(carrierUnavailable('carrier.rate_limited', { message: 'Slow down.' }));

describe('A pickup at a carrier that can be asked', () => {
  it('is ordered of whoever sold the label, where the goods are sent from', async () => {
    const { consume, ordered, types } = await setUp();
    expect(await consume()).toEqual({ kind: 'done' });
    const { pickupId, readyAt, closesAt } = pickupRequested;
    expect(ordered).toMatchObject([
      {
        ...{ reference: pickupId, readyAt, closesAt },
        address: { name: 'Daniel Reyes', country: 'US' },
        carrierShipmentId: story.labelPurchased.carrierShipmentId,
      },
    ]);
    expect(types()).toEqual(['PickupScheduled']);
    await consume();
    expect(ordered).toHaveLength(1);
  });

  it('is asked for again where the answer was lost: the carrier looks first', async () => {
    const { consume, ordered, types } = await setUp({}, [lost, throttled]);
    await expect(consume()).rejects.toMatchObject({ code: 'carrier.unknown_outcome' });
    await expect(consume()).rejects.toMatchObject({ code: 'carrier.rate_limited' });
    expect(await consume()).toEqual({ kind: 'done' });
    expect([ordered.length, types()]).toEqual([3, ['PickupScheduled']]);
  });

  it('is refused by the carrier’s code', async () => {
    const refused = { kind: 'refused', code: 'PICKUP.RATES.NONE', message: '' } as const;
    const { consume, types } = await setUp({}, [async () => refused]);
    expect(await consume()).toEqual({ kind: 'done' });
    expect(types()).toEqual(['PickupRefused']);
  });
});

describe('A pickup at a carrier that can not be asked', () => {
  const forgetful = { findsPickups: false };

  it('is ordered once by many at once', async () => {
    const { consume, ordered, types } = await setUp(forgetful);
    await Promise.all(Array.from({ length: 10 }, consume));
    expect(ordered).toHaveLength(1);
    expect(types()).toEqual(['PickupClaimed', 'PickupScheduled']);
  });

  it('is uncertain where the answer was lost, and not ordered again', async () => {
    const { consume, ordered, types, wait } = await setUp(forgetful, [lost]);
    await expect(consume()).rejects.toMatchObject({ code: 'carrier.unknown_outcome' });
    expect(await consume()).toMatchObject({ kind: 'too_early' });
    wait(301);
    for (const _ of [1, 2]) expect(await consume()).toEqual({ kind: 'done' });
    expect([ordered.length, types()]).toEqual([1, ['PickupClaimed', 'PickupUncertain']]);
  });

  it('is refused where the carrier did not look at it', async () => {
    const { consume, types } = await setUp(forgetful, [throttled]);
    expect(await consume()).toEqual({ kind: 'done' });
    expect(types()).toEqual(['PickupClaimed', 'PickupRefused']);
  });
});

describe('A pickup that is not wanted any more', () => {
  const asked = [story.pickupScheduled, story.pickupCancelRequested];
  const canceling = async (answers: (() => ReturnType<CarrierPort['cancelPickup']>)[] = []) => {
    const told: string[] = [];
    const cancelPickup: CarrierPort['cancelPickup'] = async ({ pickupId }) => {
      told.push(pickupId);
      return answers.shift()?.() ?? { kind: 'canceled' };
    };
    return { told, ...(await setUp({ cancelPickup }, [], asked)) };
  };

  it('is canceled at whoever sold the label, by the carrier’s own name of it', async () => {
    const { consume, told, ordered, types } = await canceling();
    for (const _ of [1, 2]) expect(await consume()).toEqual({ kind: 'done' });
    expect(told).toEqual([story.pickupScheduled.carrierPickupId]);
    expect([ordered, types().slice(asked.length)]).toEqual([[], ['PickupCanceled']]);
  });

  it('is canceled again where the answer was lost', async () => {
    const { consume, told, types } = await canceling([lost]);
    await expect(consume()).rejects.toMatchObject({ code: 'carrier.unknown_outcome' });
    expect(await consume()).toEqual({ kind: 'done' });
    expect([told.length, types().at(-1)]).toEqual([2, 'PickupCanceled']);
  });

  it('comes all the same where the carrier refuses', async () => {
    const refused = { kind: 'refused', code: 'PICKUP.CANCEL_NOT_OFFERED', message: '' } as const;
    const { consume, types } = await canceling([async () => refused]);
    expect(await consume()).toEqual({ kind: 'done' });
    expect(types().at(-1)).toBe('PickupCancelRefused');
  });
});
