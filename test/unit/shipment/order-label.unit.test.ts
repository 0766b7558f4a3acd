import type { ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { orderLabel } from '../../../src/shipment/order-label.ts';
import {
  type CarrierPort,
  type CarrierRefusal,
  carrierUnavailable,
  type PurchasedLabel,
} from '../../../src/shipment/ports.ts';
import { bodyOf, marketplaceId, story, tradeId } from '../../support/builders.ts';
import { otherCalls } from '../../support/carrier-calls.ts';
import { labelRequest } from '../../support/label-requests.ts';

const order = bodyOf(story.shipmentRequested);
const { price, carrier: carrierCode, service } = story.labelPurchased;

type Trouble = {
  readonly loseAnswer?: boolean;
  /** It would sell a second label to whoever asks at the same time. */
  readonly sellsMany?: boolean;
  readonly refusePrepare?: CarrierRefusal;
  readonly refuseBuy?: CarrierRefusal;
};

/** A carrier that creates a shipment for every call and sells each of them one label. */
function fakeCarrier(trouble: Trouble) {
  const shipments: string[] = [];
  const labels = new Map<string, PurchasedLabel>();
  let loseAnswer = trouble.loseAnswer === true;
  const port: CarrierPort = {
    ...otherCalls,
    carrier: 'easypost',
    sellsOnce: trouble.sellsMany !== true,
    findPrepared: async () => {
      const [carrierShipmentId] = shipments;
      return carrierShipmentId === undefined
        ? undefined
        : { kind: 'prepared', carrierShipmentId, rates: [] };
    },
    prepare: async () => {
      if (trouble.refusePrepare !== undefined) return trouble.refusePrepare;
      const carrierShipmentId = `shp_${shipments.length + 1}`;
      shipments.push(carrierShipmentId);
      return { kind: 'prepared', carrierShipmentId, rates: [] };
    },
    buy: async ({ carrierShipmentId }) => {
      if (trouble.refuseBuy !== undefined) return trouble.refuseBuy;
      const label: PurchasedLabel = labels.get(carrierShipmentId) ?? {
        kind: 'purchased',
        trackingNumber: `1Z${carrierShipmentId}`,
        trackerId: `trk_${carrierShipmentId}`,
        ...{ carrier: carrierCode, service, price },
      };
      labels.set(carrierShipmentId, label);
      if (loseAnswer) {
        loseAnswer = false;
        throw carrierUnavailable('carrier.unknown_outcome', { message: 'No answer.' });
      }
      return label;
    },
    track: async () => undefined,
  };
  return { port, labels };
}

function setUp(trouble: Trouble = {}) {
  const records = inMemoryRecordStore<ShipmentEvent>();
  const { port, labels } = fakeCarrier(trouble);
  const ports = {
    store: journaledStore(records),
    now: () => new Date('2026-11-23T12:00:00.000Z'),
    carrier: port,
    labelRequest: async ({ shipmentId }: typeof order) => labelRequest(shipmentId),
  };
  const place = (cause: string) =>
    orderLabel(ports, order, { cause, owner: { tradeId, marketplaceId } });
  const events = () => records.all().flatMap((record) => record.events);
  const types = () => events().map(({ type }) => type);
  return { place, labels, events, types };
}

describe('Ordering a label', () => {
  it('records the intent, the carrier’s shipment and the purchase, in this order', async () => {
    const { place, labels, types } = setUp();
    expect(await place('message-1')).toMatchObject({
      kind: 'appended',
      state: { status: 'labeled' },
    });
    expect(types()).toEqual(['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased']);
    expect(labels.size).toBe(1);
  });

  it('buys one label, however often and however much at once it is asked', async () => {
    const { place, labels, types } = setUp();
    await Promise.all(Array.from({ length: 50 }, (_, index) => place(`message-${index}`)));
    await place('message-1');
    expect(labels.size).toBe(1);
    expect(types()).toEqual(['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased']);
  });

  it('is bought when it was claimed, of a carrier that does not say when it sold', async () => {
    const { place, events } = setUp({ sellsMany: true });
    await place('message-1');
    expect(events().at(-1)).toMatchObject({
      type: 'LabelPurchased',
      purchasedAt: '2026-11-23T12:00:00.000Z',
    });
  });

  it('finds the label whose purchase was not answered', async () => {
    const { place, labels, types } = setUp({ loseAnswer: true });
    await expect(place('message-1')).rejects.toMatchObject({ retryable: true });
    await place('message-1');
    expect(labels.size).toBe(1);
    expect(types().at(-1)).toBe('LabelPurchased');
  });

  const refusal: CarrierRefusal = {
    kind: 'refused',
    code: 'ADDRESS.VERIFY.FAILURE',
    message: 'to_address',
  };
  it.each([{ refusePrepare: refusal }, { refuseBuy: refusal }])(
    'records what the carrier refuses: %j',
    async (trouble) => {
      const { place, labels, types } = setUp(trouble);
      expect(await place('message-1')).toMatchObject({
        state: { status: 'refused', code: refusal.code },
      });
      expect(types().at(-1)).toBe('LabelRefused');
      expect(labels.size).toBe(0);
    },
  );
});
