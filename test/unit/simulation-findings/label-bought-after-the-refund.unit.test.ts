import type { EscrowEvent, ShipmentEvent } from '../../../events/index.ts';
import { inMemoryPartyVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { consumeShipment } from '../../../src/process/consume-shipment.ts';
import { decideShipment } from '../../../src/shipment/decide.ts';
import { shipmentEvolution } from '../../../src/shipment/shipment.ts';
import { bodyOf, shipmentId, story, tradeId } from '../../support/builders.ts';
import { fakeCarrier } from '../../support/fake-carrier.ts';
import { recordOf } from '../../support/records.ts';
import { routedTo } from '../process/routed.ts';

const { tradeOpened, paymentRequested, escrowFunded, fundsConverted, refundRequested } = story;
const [whole] = tradeOpened.milestones;
const everything: EscrowEvent = {
  ...refundRequested,
  parts: refundRequested.parts.map((part) => ({
    ...part,
    milestoneId: whole?.milestoneId ?? '',
    held: tradeOpened.amount,
  })),
};
const paid = [tradeOpened, paymentRequested, escrowFunded];
const funded = [...paid, fundsConverted];

/** Handles what a worker is told of a trade, as one that sees no later event. */
async function handle(
  shipments: ReturnType<typeof inMemoryRecordStore<ShipmentEvent>>,
  trade: readonly EscrowEvent[],
  told: EscrowEvent = trade.at(-1) ?? tradeOpened,
) {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of trade.entries()) {
    const record = recordOf(escrowStream(tradeId), index + 1, [event]);
    await escrows.append({ ...record, journal: [], events: [event] });
  }
  const now = () => new Date(refundRequested.requestedAt);
  const consume = consumeShipment({
    ...{ store: journaledStore(shipments), now, vault: inMemoryPartyVault() },
    ...{ escrows: { store: journaledStore(escrows), now }, carrier: fakeCarrier().port },
  });
  return consume(routedTo('shipment', recordOf(escrowStream(tradeId), trade.length, [told])));
}

/**
 * Seed 63 of a stormy world: a worker had read the trade before the refund and was slow. The refund
 * found nothing that was ordered, and so nothing to give back; then the worker ordered and bought.
 */
describe('A label that is ordered as its trade is refunded', () => {
  it('is not bought once the refund was seen to, whatever was read before', async () => {
    const shipments = inMemoryRecordStore<ShipmentEvent>();
    expect(await handle(shipments, [...funded, everything])).toEqual({ kind: 'done' });
    expect(await handle(shipments, funded)).toEqual({ kind: 'done' });
    const { requestedAt: calledOffAt } = refundRequested;
    expect(shipments.all().flatMap(({ events }) => events)).toEqual([
      { type: 'ShipmentCalledOff', version: 1, shipmentId, tradeId, calledOffAt },
    ]);
  });

  it('is not called off where more was paid than was due, and that goes back', async () => {
    const shipments = inMemoryRecordStore<ShipmentEvent>();
    expect(await handle(shipments, paid, refundRequested)).toEqual({ kind: 'done' });
    expect(shipments.all()).toEqual([]);
  });

  it('is called off once, and ordered no more after that', () => {
    const state = shipmentEvolution.evolve(shipmentEvolution.initial, story.shipmentCalledOff);
    const order = bodyOf(story.shipmentRequested);
    const at = refundRequested.requestedAt;
    const nothing = { kind: 'decided', events: [] };
    expect(state).toEqual({ status: 'called_off' });
    expect(decideShipment({ type: 'RequestShipment', order }, state)).toEqual(nothing);
    const again = { type: 'RequestVoid', shipmentId, tradeId, at } as const;
    expect(decideShipment(again, state)).toEqual(nothing);
  });

  it('is called off, too, by the message that was to order it', async () => {
    const shipments = inMemoryRecordStore<ShipmentEvent>();
    const refunded = [...funded, everything];
    expect(await handle(shipments, refunded, fundsConverted)).toEqual({ kind: 'done' });
    expect(await handle(shipments, funded)).toEqual({ kind: 'done' });
    const types = shipments.all().flatMap(({ events }) => events.map(({ type }) => type));
    expect(types).toEqual(['ShipmentCalledOff']);
  });
});
