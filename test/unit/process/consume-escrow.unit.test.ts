import type { EscrowEvent, TradelaneEvent } from '../../../events/index.ts';
import { DeadlinePassed } from '../../../events/messages/deadline-passed.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream, shipmentStream } from '../../../src/platform/ids.ts';
import { consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumeEscrow } from '../../../src/process/consume-escrow.ts';
import { later, sample, shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories, type StateName } from '../escrow/escrow-states.ts';
import { payoutReturned } from '../settlement/payout-states.ts';
import { office } from './office.ts';
import { eventsTo, routedTo } from './routed.ts';

const { confirmedAt, inspectionEndsAt } = story.deliveryConfirmed;

/** A trade in that state, the clock at that instant, and the consumers of its queues. */
async function setUp(state: StateName, at = confirmedAt) {
  const records = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of histories[state].entries()) {
    const record = recordOf(escrowStream(tradeId), index + 1);
    await records.append({ ...record, events: [event], journal: [] });
  }
  const ports = { store: journaledStore(records), now: () => new Date(at) };
  const decided = () =>
    records
      .all()
      .slice(histories[state].length)
      .map(({ events }) => events);
  return { ports, decided, consume: consumeEscrow(ports) };
}

describe('What another stream decided', () => {
  it.each<{ of: TradelaneEvent; state: StateName; leads: EscrowEvent[]; at?: string }>([
    { of: story.labelPurchased, state: 'converted', leads: [story.shipmentBooked] },
    { of: story.shipmentDelivered, state: 'in_fulfilment', leads: [story.deliveryConfirmed] },
    {
      of: story.shipmentDeliveryWithdrawn,
      state: 'delivered',
      leads: [story.deliveryWithdrawn],
    },
    {
      of: story.payoutSettled,
      state: 'released',
      leads: [story.milestonePaid, story.tradeSettled],
      at: story.tradeSettled.settledAt,
    },
    { of: payoutReturned, state: 'settled', leads: [story.milestonePaymentReturned] },
  ])('$of.type is applied to the trade, once', async ({ of, state, leads, at }) => {
    const { consume, decided } = await setUp(state, at);
    const message = eventsTo('escrow', of);
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(decided()).toEqual([leads]);
  });

  it('of a payout that was paid and came back in one record, is each taken', async () => {
    const { consume, decided } = await setUp('released', story.tradeSettled.settledAt);
    const message = eventsTo('escrow', story.payoutSettled, payoutReturned);
    for (const _ of [1, 2]) expect(await consume(message)).toEqual({ kind: 'done' });
    expect(decided()).toEqual([
      [story.milestonePaid, story.tradeSettled],
      [story.milestonePaymentReturned],
    ]);
  });

  it.each<{ of: TradelaneEvent; state: StateName; code: string }>([
    { of: story.labelPurchased, state: 'funded', code: 'escrow.not_converted' },
    { of: story.shipmentDelivered, state: 'converted', code: 'escrow.not_in_fulfilment' },
    { of: story.shipmentDeliveryWithdrawn, state: 'converted', code: 'escrow.not_in_fulfilment' },
    { of: payoutReturned, state: 'released', code: 'escrow.not_paid' },
  ])('$of.type waits where it came too early', async ({ of, state, code }) => {
    const { consume, decided } = await setUp(state);
    expect(await consume(eventsTo('escrow', of))).toMatchObject({ kind: 'too_early', code });
    expect(decided()).toEqual([]);
  });

  it('a withdrawal that overtakes its delivery is not lost: the goods are not delivered', async () => {
    const { consume, decided } = await setUp('in_fulfilment');
    const [told, withdrawn] = [story.shipmentDelivered, story.shipmentDeliveryWithdrawn].map(
      (event, index) =>
        routedTo('escrow', recordOf(shipmentStream(shipmentId), 4 + index, [event])),
    );
    if (told === undefined || withdrawn === undefined) throw new Error('There are two messages.');
    expect(await consume(withdrawn)).toMatchObject({
      kind: 'too_early',
      code: 'escrow.no_delivery',
    });
    for (const message of [told, withdrawn, told, withdrawn]) {
      expect(await consume(message)).toEqual({ kind: 'done' });
    }
    expect(decided()).toEqual([[story.deliveryConfirmed], [story.deliveryWithdrawn]]);
  });

  it('is nothing to the trade where it is about the parcel alone', async () => {
    const { consume, decided } = await setUp('in_fulfilment');
    expect(await consume(eventsTo('escrow', story.trackingUpdated))).toEqual({ kind: 'done' });
    expect(await consume(eventsTo('escrow', story.payoutSubmitted))).toEqual({ kind: 'done' });
    expect(decided()).toEqual([]);
  });

  it('a scan and the delivery in it are one record, and one decision', async () => {
    const { consume, decided } = await setUp('in_fulfilment');
    await consume(eventsTo('escrow', story.trackingUpdated, story.shipmentDelivered));
    expect(decided()).toEqual([[story.deliveryConfirmed]]);
  });
});

describe('A deadline', () => {
  const message = sample(DeadlinePassed, 'messages/deadline-passed');

  it('that has passed by this clock, too, is acted on, once', async () => {
    const { consume, decided } = await setUp('delivered', story.milestoneReleased.releasedAt);
    await consume(message);
    await consume(message);
    expect(decided()).toEqual([[story.milestoneReleased]]);
  });

  it('that has not passed by this clock waits', async () => {
    const { consume } = await setUp('delivered', later(inspectionEndsAt, -1));
    expect(await consume(message)).toMatchObject({ kind: 'too_early', code: 'escrow.not_due' });
  });

  it('that is past changes nothing', async () => {
    const { consume, decided } = await setUp('settled', later(inspectionEndsAt, 60));
    expect(await consume(message)).toEqual({ kind: 'done' });
    expect(decided()).toEqual([]);
  });
});

describe('The conversion queue', () => {
  const setUpConversion = async (state: StateName) => {
    const { ports, decided } = await setUp(state, story.fundsConverted.convertedAt);
    const { quotes } = office().ports.escrow;
    return { decided, consume: consumeConversion({ ...ports, quotes }) };
  };
  const funded = eventsTo('conversion', story.escrowFunded);

  it('converts a trade that was funded, once', async () => {
    const { consume, decided } = await setUpConversion('funded');
    expect(await consume(funded)).toEqual({ kind: 'done' });
    expect(await consume(funded)).toEqual({ kind: 'done' });
    expect(decided()).toEqual([[story.fundsConverted]]);
  });

  it('leaves a trade alone that was converted already, or was not funded', async () => {
    for (const state of ['converted', 'settled'] as const) {
      const { consume, decided } = await setUpConversion(state);
      expect(await consume(funded)).toEqual({ kind: 'done' });
      expect(decided()).toEqual([]);
    }
    const { consume, decided } = await setUpConversion('funded');
    expect(await consume(eventsTo('conversion', story.tradeOpened))).toEqual({ kind: 'done' });
    expect(decided()).toEqual([]);
  });
});
