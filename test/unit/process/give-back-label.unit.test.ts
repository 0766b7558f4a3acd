import type { EscrowEvent, ShipmentEvent } from '../../../events/index.ts';
import { inMemoryPartyVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream, shipmentStream } from '../../../src/platform/ids.ts';
import { consumeShipment } from '../../../src/process/consume-shipment.ts';
import type {
  Cancellation,
  CarrierPort,
  CarrierRefusal,
  SoldLabel,
} from '../../../src/shipment/ports.ts';
import { shipmentId, story, tradeId } from '../../support/builders.ts';
import { fakeCarrier } from '../../support/fake-carrier.ts';
import { recordOf } from '../../support/records.ts';
import { scanAt } from '../../support/scans.ts';
import { routedTo } from './routed.ts';

const labeled = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const funded = [
  ...[story.tradeOpened, story.paymentRequested, story.escrowFunded, story.fundsConverted],
  story.shipmentBooked,
];
const [whole] = story.tradeOpened.milestones;
const all = {
  ...story.refundRequested,
  parts: story.refundRequested.parts.map((part) => ({
    ...part,
    milestoneId: whole?.milestoneId ?? '',
    held: story.tradeOpened.amount,
  })),
};
const update = (status: 'in_transit' | 'label_created'): ShipmentEvent => ({
  ...story.trackingUpdated,
  status,
  scans: [scanAt(1, status)],
});

async function setUp(
  shipment: readonly ShipmentEvent[],
  answer: Cancellation | CarrierRefusal = { kind: 'requested' },
  {
    escrow = [...funded, all],
    sellingNow = 'easypost',
    hasKey = true,
  }: {
    readonly escrow?: readonly EscrowEvent[];
    /** Who sells new labels; EasyPost sold this one. */
    readonly sellingNow?: string;
    readonly hasKey?: boolean;
  } = {},
) {
  const shipments = inMemoryRecordStore<ShipmentEvent>();
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const keep = { journal: [] };
  for (const [index, event] of shipment.entries()) {
    const record = recordOf(shipmentStream(shipmentId), index + 1, [event]);
    await shipments.append({ ...record, ...keep, events: [event] });
  }
  for (const [index, event] of escrow.entries()) {
    const record = recordOf(escrowStream(tradeId), index + 1, [event]);
    await escrows.append({ ...record, ...keep, events: [event] });
  }
  const canceled: SoldLabel[] = [];
  const now = () => new Date(story.refundRequested.requestedAt);
  const easyPost: CarrierPort = {
    ...fakeCarrier().port,
    cancel: async (label) => {
      canceled.push(label);
      return answer;
    },
  };
  const consume = consumeShipment({
    ...{ store: journaledStore(shipments), now, vault: inMemoryPartyVault() },
    escrows: { store: journaledStore(escrows), now },
    carrier: sellingNow === 'easypost' ? easyPost : { ...fakeCarrier().port, carrier: sellingNow },
    carrierOf: async (provider) => (provider === 'easypost' && hasKey ? easyPost : undefined),
  });
  const message = routedTo('shipment', recordOf(escrowStream(tradeId), escrow.length, [all]));
  return {
    canceled,
    refund: () => consume(message),
    events: () =>
      shipments
        .all()
        .flatMap(({ events }) => events)
        .slice(shipment.length),
  };
}

describe('A label whose trade is refunded in whole', () => {
  it('is given back once, with its intent before it', async () => {
    const { refund, canceled, events } = await setUp([...labeled, update('label_created')]);
    expect(await refund()).toEqual({ kind: 'done' });
    await refund();
    const { carrierShipmentId, trackingNumber } = story.labelPurchased;
    expect(canceled).toEqual([{ carrierShipmentId, trackingNumber }]);
    expect(events()).toMatchObject([
      { type: 'LabelVoidRequested', shipmentId },
      { type: 'LabelVoided', shipmentId, outcome: 'requested' },
    ]);
  });

  it('is seen through once the parcel was handed over', async () => {
    const { refund, canceled, events } = await setUp([...labeled, update('in_transit')]);
    expect(await refund()).toEqual({ kind: 'done' });
    expect(canceled).toEqual([]);
    expect(events()).toEqual([]);
  });

  it('is recorded as refused where the carrier does not take it back', async () => {
    const refusal: CarrierRefusal = { kind: 'refused', code: 'REFUND.REJECTED', message: '' };
    const { refund, events } = await setUp(labeled, refusal);
    await refund();
    expect(events().at(-1)).toMatchObject({ type: 'LabelVoidRefused', code: 'REFUND.REJECTED' });
  });

  it('goes back to whoever sold it, though another sells by now', async () => {
    const elsewhere = await setUp(labeled, { kind: 'voided' }, { sellingNow: 'shippo' });
    expect(await elsewhere.refund()).toEqual({ kind: 'done' });
    expect(elsewhere.canceled).toHaveLength(1);
    const without = await setUp(labeled, { kind: 'voided' }, { sellingNow: 'dhl', hasKey: false });
    await expect(without.refund()).rejects.toMatchObject({ code: 'carrier.account_refused' });
  });

  it('is waited for while it is being bought', async () => {
    const { refund } = await setUp(labeled.slice(0, 2));
    expect(await refund()).toMatchObject({
      ...{ kind: 'too_early', code: 'shipment.label_under_way' },
    });
  });

  it('is kept where there is none, and where part of the money was not given back', async () => {
    expect(await (await setUp([])).refund()).toEqual({ kind: 'done' });
    const partly = await setUp(labeled, { kind: 'voided' }, { escrow: funded });
    await partly.refund();
    expect(partly.canceled).toEqual([]);
  });
});
