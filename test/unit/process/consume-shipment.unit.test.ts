import { inMemoryPartyVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { refundTrade } from '../../../src/escrow/refund-trade.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { consumeShipment } from '../../../src/process/consume-shipment.ts';
import { shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { office, order } from './office.ts';
import { stripeMessage } from './post.ts';
import { eventsTo } from './routed.ts';

/** The story up to the conversion of the money, if it is to be that far. */
async function setUp({ isConverted = true } = {}) {
  const desk = office();
  await desk.open();
  if (isConverted) {
    desk.payments.pay('pi_1');
    await consumePayments(desk.ports.payments)(stripeMessage('payment_intent.succeeded', 'pi_1'));
    await consumeConversion(desk.ports.escrow)(eventsTo('conversion', story.escrowFunded));
  }
  const types = () => desk.records().flatMap(({ events }) => events.map(({ type }) => type));
  return { ...desk, types, consume: consumeShipment(desk.ports.shipment) };
}

const converted = eventsTo('shipment', story.fundsConverted);
const bought = ['ShipmentRequested', 'CarrierShipmentCreated', 'LabelPurchased'];

describe('A trade whose money went back', () => {
  const giveBack = ({ ports }: Awaited<ReturnType<typeof setUp>>) =>
    refundTrade(
      ports.escrow,
      { tradeId, cause: 'api#1' },
      { idempotencyKey: 'key-1', amount: story.escrowFunded.received },
    );

  it('before anything was ordered is not sent', async () => {
    const desk = await setUp();
    await giveBack(desk);
    expect(await desk.consume(converted)).toEqual({ kind: 'done' });
    expect(desk.carrier.labels.size).toBe(0);
  });

  it('while its label was bought has the label recorded: the carrier will scan it', async () => {
    const desk = await setUp();
    desk.carrier.loseAnswerOf('buy');
    await expect(desk.consume(converted)).rejects.toThrow();
    await giveBack(desk);
    expect(await desk.consume(converted)).toEqual({ kind: 'done' });
    expect(desk.types()).toContain('LabelPurchased');
    expect(desk.carrier.labels.size).toBe(1);
  });
});

/**
 * World 1222222258: the order of a label was given up since its money had been released on its day, and its message
 * with it, while a slow worker that knew nothing of the release bought the label and died.
 */
describe('A trade whose money was released before its label was ordered', () => {
  it('is sent all the same: the seller is paid for its goods', async () => {
    const { consume, types, carrier, ports } = await setUp();
    const { store } = ports.escrow;
    const { length } = await store.load(escrowStream(tradeId));
    const record = recordOf(escrowStream(tradeId), length + 1, []);
    await store.append({ ...record, events: [story.milestoneReleased] });
    expect(await consume(converted)).toEqual({ kind: 'done' });
    expect(types().slice(-3)).toEqual(bought);
    expect(carrier.labels.size).toBe(1);
  });
});

describe('A trade whose money is held', () => {
  it('has its label ordered, once', async () => {
    const { consume, types, carrier } = await setUp();
    for (const message of [converted, converted]) {
      expect(await consume(message)).toEqual({ kind: 'done' });
    }
    expect(types().slice(-3)).toEqual(bought);
    expect(carrier.labels.size).toBe(1);
  });

  it('tells the carrier who sends what to whom, from the vault and the order', async () => {
    const { consume, carrier } = await setUp();
    await consume(converted);
    const { buyer, seller } = order.parties;
    const { address, payoutAccountId: _, ...sender } = seller;
    expect(carrier.requests).toEqual([
      {
        reference: shipmentId,
        from: { ...sender, ...address },
        to: {
          ...buyer.address,
          name: buyer.name,
          company: buyer.company,
          email: buyer.email,
          phone: buyer.phone,
        },
        parcels: [
          {
            ...{ weightGrams: 24_000, lengthMm: 600, widthMm: 400, heightMm: 400 },
            items: order.lineItems,
          },
        ],
        customs: {
          contentsType: 'merchandise',
          incoterm: 'DAP',
          signerName: 'Daniel Reyes',
          restrictionType: 'none',
          items: order.lineItems,
        },
      },
    ]);
    expect(carrier.requests[0]?.to).not.toHaveProperty('state');
  });

  it('records nobody’s name', async () => {
    const { consume, records } = await setUp();
    await consume(converted);
    const text = JSON.stringify(records(), (_, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    expect(text).not.toMatch(/Vogel|Reyes|Lindenstrasse|Alaskan|\.example|\+49/);
  });

  it.each(['prepare', 'buy'] as const)(
    'has one label though the carrier’s answer to %s was lost',
    async (call) => {
      const { consume, types, carrier } = await setUp();
      carrier.loseAnswerOf(call);
      await expect(consume(converted)).rejects.toMatchObject({ code: 'carrier.unknown_outcome' });
      expect(await consume(converted)).toEqual({ kind: 'done' });
      expect(types().slice(-3)).toEqual(bought);
      expect([carrier.labels.size, carrier.requests.length]).toEqual([1, 1]);
    },
  );

  it('that the carrier refuses is recorded as refused, and not asked for again', async () => {
    const { consume, types, carrier } = await setUp();
    carrier.refuse('ADDRESS.VERIFY.FAILURE');
    expect(await consume(converted)).toEqual({ kind: 'done' });
    expect(await consume(converted)).toEqual({ kind: 'done' });
    expect(types().slice(-2)).toEqual(['ShipmentRequested', 'LabelRefused']);
  });
});

describe('A shipment message', () => {
  it('of anything else orders nothing', async () => {
    const { consume, carrier } = await setUp();
    expect(await consume(eventsTo('shipment', story.escrowFunded))).toEqual({ kind: 'done' });
    expect(carrier.requests).toEqual([]);
  });

  it('for a trade that is not paid waits', async () => {
    const { consume, carrier } = await setUp({ isConverted: false });
    expect(await consume(converted)).toMatchObject({
      kind: 'too_early',
      code: 'shipment.not_funded',
    });
    expect(carrier.requests).toEqual([]);
  });

  it('for people whom the vault no longer knows goes to a person', async () => {
    const { ports, types } = await setUp();
    const consume = consumeShipment({ ...ports.shipment, vault: inMemoryPartyVault() });
    await expect(consume(converted)).rejects.toMatchObject({
      code: 'vault.party_missing',
      retryable: false,
    });
    expect(types().at(-1)).toBe('ShipmentRequested');
  });
});
