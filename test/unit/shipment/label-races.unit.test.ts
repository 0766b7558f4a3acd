import * as fc from 'fast-check';
import type { ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import type { EventStore } from '../../../src/platform/event-store.ts';
import { orderLabel } from '../../../src/shipment/order-label.ts';
import type { CarrierPort, PurchasedLabel } from '../../../src/shipment/ports.ts';
import { bodyOf, marketplaceId, shipmentId, story, tradeId } from '../../support/builders.ts';
import { otherCalls } from '../../support/carrier-calls.ts';
import { labelRequest } from '../../support/label-requests.ts';

const order = bodyOf(story.shipmentRequested);
const { carrier, service, price } = story.labelPurchased;
const bought = ['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased'];
const now = () => new Date('2026-11-23T12:00:00.000Z');

type Hold = (call: string) => Promise<void>;

const labelFor = (carrierShipmentId: string): PurchasedLabel => ({
  kind: 'purchased',
  trackingNumber: `1Z${carrierShipmentId}`,
  trackerId: `trk_${carrierShipmentId}`,
  ...{ carrier, service, price },
});

/**
 * A carrier that makes a shipment at every `prepare`, sells each one label, and may not find yet
 * what it has just made. `calls` are its calls, with the id that each names.
 */
function sellingCarrier(hold: Hold, options: { readonly isBlind: boolean }) {
  const shipments: string[] = [];
  const sold = new Map<string, PurchasedLabel>();
  const calls: string[] = [];
  const asked = async (call: string): Promise<void> => {
    calls.push(call);
    await hold(call);
  };
  const port: CarrierPort = {
    ...otherCalls,
    carrier: 'easypost',
    findPrepared: async (reference) => {
      await asked(`find ${reference}`);
      const [carrierShipmentId] = options.isBlind ? [] : shipments;
      return carrierShipmentId === undefined
        ? undefined
        : { kind: 'prepared', carrierShipmentId, rates: [] };
    },
    prepare: async ({ reference }) => {
      await asked(`prepare ${reference}`);
      const carrierShipmentId = `shp_${shipments.length + 1}`;
      shipments.push(carrierShipmentId);
      return { kind: 'prepared', carrierShipmentId, rates: [] };
    },
    buy: async ({ carrierShipmentId }) => {
      await asked(`buy ${carrierShipmentId}`);
      const label = sold.get(carrierShipmentId) ?? labelFor(carrierShipmentId);
      sold.set(carrierShipmentId, label);
      return label;
    },
    track: async () => undefined,
  };
  return { port, shipments, sold, calls };
}

function setUp({
  hold = async () => {},
  isBlind = false,
}: {
  hold?: Hold;
  isBlind?: boolean;
} = {}) {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const { port, ...seen } = sellingCarrier(hold, { isBlind });
  let addressesRead = 0;
  const place = (
    cause: string,
    changes: { store?: EventStore<ShipmentEvent>; carrier?: Partial<CarrierPort> } = {},
  ) =>
    orderLabel(
      {
        store: changes.store ?? journaledStore(records),
        now,
        carrier: { ...port, ...changes.carrier },
        labelRequest: async ({ shipmentId: reference }) => {
          addressesRead += 1;
          return labelRequest(reference);
        },
      },
      order,
      { cause, owner: { tradeId, marketplaceId } },
    );
  const types = () => records.all().flatMap(({ events }) => events.map(({ type }) => type));
  return { ...seen, records, place, types, addressesRead: () => addressesRead };
}

/** A store in which the record of that event is lost: the process ends before it is written. */
const crashingAt = (
  store: EventStore<ShipmentEvent>,
  type: ShipmentEvent['type'],
): EventStore<ShipmentEvent> => ({
  load: store.load,
  append: async (record) => {
    if (record.events.some((event) => event.type === type)) throw new Error(`No ${type}.`);
    return store.append(record);
  },
});

describe('Ordering a label', () => {
  it('looks for the carrier’s shipment, makes it, and buys on the one that it recorded', async () => {
    const { place, calls, records } = setUp();
    await place('message-1');
    expect(calls).toEqual([`find ${shipmentId}`, `prepare ${shipmentId}`, 'buy shp_1']);
    expect(records.all().flatMap(({ events }) => events)).toEqual([
      story.shipmentRequested,
      { ...story.carrierShipmentCreated, carrierShipmentId: 'shp_1' },
      {
        ...story.labelPurchased,
        ...{ carrierShipmentId: 'shp_1', trackingNumber: '1Zshp_1', trackerId: 'trk_shp_1' },
      },
    ]);
  });

  it('asks the carrier nothing once it has its label', async () => {
    const { place, calls } = setUp();
    await place('message-1');
    const before = calls.length;
    expect(await place('message-2')).toMatchObject({ state: { status: 'labeled' } });
    expect(calls).toHaveLength(before);
  });

  it('buys nothing and asks nothing again where the carrier refused', async () => {
    const { place, calls, sold } = setUp();
    const refuse = async () =>
      ({ kind: 'refused', code: 'ADDRESS.VERIFY.FAILURE', message: 'to_address' }) as const;
    await place('message-1', { carrier: { prepare: refuse } });
    const before = calls.length;
    expect(await place('message-2')).toMatchObject({ state: { status: 'refused' } });
    expect(calls).toHaveLength(before);
    expect(sold.size).toBe(0);
  });
});

describe('An order that broke off', () => {
  it('after the carrier made its shipment finds that, and reads no address for it again', async () => {
    const { place, shipments, records, types, addressesRead } = setUp();
    const store = crashingAt(journaledStore(records), 'CarrierShipmentCreated');
    await expect(place('message-1', { store })).rejects.toThrow('No CarrierShipmentCreated.');
    await place('message-1');
    expect(shipments).toEqual(['shp_1']);
    expect(addressesRead()).toBe(1);
    expect(types()).toEqual(bought);
  });

  it('after the carrier made a shipment that is not found buys on the one that is recorded', async () => {
    const { place, shipments, sold, records, types } = setUp({ isBlind: true });
    const store = crashingAt(journaledStore(records), 'CarrierShipmentCreated');
    await expect(place('message-1', { store })).rejects.toThrow('No CarrierShipmentCreated.');
    await place('message-1');
    expect(shipments).toEqual(['shp_1', 'shp_2']);
    expect([...sold.keys()]).toEqual(['shp_2']);
    expect(types()).toEqual(bought);
  });

  it('after the purchase asks only for that label, and buys nothing new', async () => {
    const { place, sold, calls, records, types } = setUp();
    const store = crashingAt(journaledStore(records), 'LabelPurchased');
    await expect(place('message-1', { store })).rejects.toThrow('No LabelPurchased.');
    await place('message-1');
    expect(sold.size).toBe(1);
    expect(calls).toEqual([
      ...[`find ${shipmentId}`, `prepare ${shipmentId}`],
      ...['buy shp_1', 'buy shp_1'],
    ]);
    expect(types()).toEqual(bought);
  });
});

describe('Orders that meet, in any order of the carrier’s answers', () => {
  it.each([false, true])('buy one label (a carrier that finds nothing: %s)', async (isBlind) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, count) => {
        const hold = (call: string) => scheduler.schedule(Promise.resolve(), call);
        const { place, sold, calls, types } = setUp({ hold, isBlind });
        const running = Array.from({ length: count }, (_, index) => place(`message-${index}`));
        const outcomes = await scheduler.waitFor(Promise.all(running));
        expect(outcomes.every(({ state }) => state.status === 'labeled')).toBe(true);
        expect(sold.size).toBe(1);
        expect(new Set(calls.filter((call) => call.startsWith('buy'))).size).toBe(1);
        expect(types()).toEqual(bought);
      }),
    );
  });
});
