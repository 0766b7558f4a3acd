import type { EscrowEvent, ShipmentEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream, returnShipmentIdFor, shipmentStream } from '../../../src/platform/ids.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
import { consumeShipment } from '../../../src/process/consume-shipment.ts';
import { requestReturn } from '../../../src/process/request-return.ts';
import { presentTrade, readTrade } from '../../../src/process/trade-view.ts';
import { marketplaceId, shipmentId, story, tradeId } from '../../support/builders.ts';
import { fakeCarrier } from '../../support/fake-carrier.ts';
import { recordOf } from '../../support/records.ts';
import { scanAt } from '../../support/scans.ts';
import { routedTo } from './routed.ts';

const { disputeId } = story.disputeOpened;
const returnId = returnShipmentIdFor(disputeId);
const handedOver: ShipmentEvent = {
  ...story.trackingUpdated,
  status: 'in_transit',
  scans: [scanAt(1, 'in_transit')],
};
const labeled = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const disputed: readonly EscrowEvent[] = [
  ...[story.tradeOpened, story.paymentRequested, story.escrowFunded, story.fundsConverted],
  ...[story.shipmentBooked, story.disputeOpened],
];

async function setUp(sent: readonly ShipmentEvent[] = [...labeled, handedOver]) {
  const shipments = inMemoryRecordStore<ShipmentEvent>();
  const escrows = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of sent.entries()) {
    const record = recordOf(shipmentStream(shipmentId), index + 1, [event]);
    await shipments.append({ ...record, journal: [], events: [event] });
  }
  for (const [index, event] of disputed.entries()) {
    const record = recordOf(escrowStream(tradeId), index + 1, [event]);
    await escrows.append({ ...record, journal: [], events: [event] });
  }
  const now = () => new Date(story.disputeOpened.openedAt);
  const stores = { escrows: journaledStore(escrows), shipments: journaledStore(shipments) };
  const ports = {
    escrows: { store: stores.escrows, now },
    shipments: { store: stores.shipments, now },
  };
  const carrier = fakeCarrier();
  const profile = (name: string) => ({
    ...{ name, email: `${name}@example.com`, phone: '+1 206 555 0100' },
    address: { street1: 'Main 1', city: 'Seattle', postalCode: '98101', country: 'US' },
  });
  const consume = consumeShipment({
    ...ports.shipments,
    escrows: ports.escrows,
    carrier: carrier.port,
    vault: {
      get: async (partyId) =>
        profile(partyId === story.tradeOpened.buyer.partyId ? 'buyer' : 'seller'),
    },
  });
  const returned = () => shipments.all().filter(({ streamId }) => streamId.includes('ret_'));
  return {
    ports,
    stores,
    carrier,
    escrows,
    request: (of = disputeId, cause = 'api#1') =>
      requestReturn(ports, { tradeId, disputeId: of, cause }),
    returned,
    events: () => returned().flatMap(({ events }) => events),
    order: async () => {
      const [record] = returned();
      if (record === undefined) throw new Error('No return was requested.');
      return consume(routedTo('shipment', record));
    },
  };
}

describe('A return', () => {
  it('is a shipment of its own, from the buyer to the seller, linked to its dispute', async () => {
    const { request, events } = await setUp();
    expect(await request()).toMatchObject({ kind: 'appended' });
    const { seller, buyer } = story.tradeOpened;
    expect(events()).toMatchObject([
      {
        ...{ type: 'ShipmentRequested', shipmentId: returnId, tradeId },
        consignor: { partyId: buyer.partyId },
        consignee: { partyId: seller.partyId },
      },
      { type: 'ReturnRequested', shipmentId: returnId, tradeId, disputeId },
    ]);
  });

  it('is one for each dispute, however often it is asked for', async () => {
    const { request, events } = await setUp();
    await request();
    expect(await request(disputeId, 'api#2')).toMatchObject({ kind: 'unchanged' });
    expect(events()).toHaveLength(2);
  });

  it('is refused without a dispute, and of goods that were never handed over', async () => {
    const { request } = await setUp();
    expect(await request('dsp_none')).toMatchObject({ code: 'dispute.not_found' });
    const unsent = await setUp(labeled);
    expect(await unsent.request()).toMatchObject({ code: 'return.nothing_sent' });
  });

  it('has its label bought as returned goods', async () => {
    const { request, order, carrier, events } = await setUp();
    await request();
    expect(await order()).toEqual({ kind: 'done' });
    await order();
    expect(carrier.labels.size).toBe(1);
    expect(carrier.requests).toMatchObject([
      {
        ...{ reference: returnId, isReturn: true },
        ...{ from: { name: 'buyer' }, to: { name: 'seller' } },
        customs: { contentsType: 'returned_goods', signerName: 'buyer' },
      },
    ]);
    expect(events().at(-1)).toMatchObject({ type: 'LabelPurchased', shipmentId: returnId });
  });

  it('is no delivery of the trade, whatever its scans say', async () => {
    const { ports, escrows } = await setUp();
    const before = escrows.all().length;
    const delivered = { ...story.shipmentDelivered, shipmentId: returnId };
    const record = recordOf(shipmentStream(returnId), 5, [delivered]);
    const handled = await consumeEscrow(ports.escrows)(routedTo('escrow', record));
    expect(handled).toEqual({ kind: 'done' });
    expect(escrows.all()).toHaveLength(before);
  });

  it('shows beside the trade’s own shipment', async () => {
    const { request, order, stores } = await setUp();
    await request();
    await order();
    const payouts = { load: async () => [] };
    const history = await readTrade({ ...stores, payouts }, { tradeId, marketplaceId });
    if (history === undefined) throw new Error('No trade was read.');
    const { returns, shipments, timeline } = presentTrade(history);
    expect(returns).toMatchObject([{ disputeId, id: returnId, status: 'label_created' }]);
    expect(shipments).toMatchObject([{ id: shipmentId, status: 'in_transit' }]);
    expect(timeline.map(({ type }) => type)).toContain('ReturnRequested');
  });
});
