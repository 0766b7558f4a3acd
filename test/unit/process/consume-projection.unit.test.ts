import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type {
  EscrowEvent,
  PayoutEvent,
  SellerEvent,
  TradelaneEvent,
} from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { escrowStream, payoutStream, shipmentStream } from '../../../src/platform/ids.ts';
import { consumeProjection, summarize } from '../../../src/process/consume-projection.ts';
import { deadlinesOf } from '../../../src/process/deadlines-of.ts';
import { historyOf } from '../../../src/process/escrow-history.ts';
import { postingsOf } from '../../../src/process/postings-of.ts';
import { firstLookAt, USUAL_POLLING } from '../../../src/tracking/polling.ts';
import {
  later,
  marketplaceId,
  payoutId,
  shipmentId,
  story,
  tradeId,
} from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { bulkEndsAt, sampleAndBulk, sampleEndsAt } from '../escrow/milestones.ts';
import { routedTo } from './routed.ts';

const escrowRecord = (sequence: number, ...events: readonly EscrowEvent[]) =>
  recordOf(escrowStream(tradeId), sequence, events) as EventRecord<EscrowEvent>;

const history = [
  escrowRecord(1, story.tradeOpened),
  escrowRecord(2, story.paymentRequested),
  escrowRecord(3, story.escrowFunded),
  escrowRecord(4, story.fundsConverted),
  escrowRecord(5, story.shipmentBooked),
  escrowRecord(6, story.deliveryConfirmed),
];
const labelRecord = recordOf(shipmentStream(shipmentId), 3, [story.labelPurchased]);
const payoutRecord = recordOf(payoutStream(payoutId), 1, [story.payoutRequested]);

/** The read models after the given records of the story, projected in that order. */
async function projected(...records: readonly EventRecord<TradelaneEvent>[]) {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  for (const record of history) await escrows.append(record);
  const views = inMemoryViewStore();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  await payouts.append(payoutRecord as EventRecord<PayoutEvent>);
  const sellers = inMemoryRecordStore<SellerEvent>();
  const consume = consumeProjection({ escrows, payouts, sellers, views });
  for (const record of records)
    expect(await consume(routedTo('projection', record))).toEqual({ kind: 'done' });
  const trades = await views.listTrades({ marketplaceId, status: 'delivered', limit: 9 });
  const day = history[0]?.recordedAt.slice(0, 10) ?? '';
  return {
    trades,
    others: await views.listTrades({ marketplaceId, status: 'funded', limit: 9 }),
    slices: await views.listSlices(day),
    postings: await views.listPostings({ account: '1100', currency: 'USD', day }),
    due: await views.dueDeadlines({ at: '2027-01-01T00:00:00.000Z', limit: 99 }),
    tracker: await views.findTracker('easypost', story.labelPurchased.trackerId),
  };
}

const all = [...history, labelRecord, payoutRecord];

/**
 * Found by a planted bug: two parts of the projection failed over one history, one of them where
 * nobody awaited it, which takes a Lambda and the rest of its batch down.
 */
describe('A history that cannot be read', () => {
  /** The test fails by itself where a promise is rejected that nobody awaits. */
  it('fails the message once, with nothing written and no promise left behind', async () => {
    const views = inMemoryViewStore();
    const escrows = { load: async () => [escrowRecord(1, story.deliveryConfirmed)] };
    const record = escrowRecord(1, story.deliveryConfirmed);
    const payouts = inMemoryRecordStore<PayoutEvent>();
    const sellers = inMemoryRecordStore<SellerEvent>();
    const projecting = consumeProjection({ escrows, payouts, sellers, views })(
      routedTo('projection', record),
    );
    await expect(projecting).rejects.toMatchObject({ code: 'escrow.illegal_history' });
    expect(await views.dueDeadlines({ at: '2099-01-01T00:00:00.000Z', limit: 9 })).toEqual([]);
  });
});

describe('The read models', () => {
  it('list the trade as its stream is now, however old the record', async () => {
    const { trades, others } = await projected(escrowRecord(3, story.escrowFunded));
    expect(trades).toMatchObject([{ tradeId, status: 'delivered', version: 6 }]);
    expect(others).toEqual([]);
  });

  it('are the same whatever the order of the records, and however often each came', async () => {
    const expected = await projected(...all);
    expect(await projected(...all.toReversed())).toEqual(expected);
    expect(await projected(...all, ...all.toReversed(), ...all)).toEqual(expected);
  });

  it('add up the postings of a minute, never count them twice', async () => {
    const { slices, postings } = await projected(...history, ...history);
    const dollars = slices.filter(
      ({ account, currency }) => account === '1100' && currency === 'USD',
    );
    expect(dollars).toEqual([
      {
        account: '1100',
        currency: 'USD',
        minute: '2026-11-23T08:00',
        postings: 2,
        debitMinor: 1_155_838n,
        creditMinor: 17_363n,
      },
    ]);
    expect(postings.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['psp_conversion', 1_155_838n],
      ['psp_fee', -17_363n],
    ]);
  });

  it('know which shipment a tracker follows', async () => {
    expect((await projected(labelRecord)).tracker).toBe(shipmentId);
    expect((await projected(...history)).tracker).toBeUndefined();
  });

  it('hold every deadline that was set, once', async () => {
    const { due } = await projected(...all, ...all);
    expect(due.map(({ deadline, dueAt }) => `${deadline} ${dueAt}`)).toEqual([
      `payment_due ${story.tradeOpened.payBy}`,
      `inspection_end ${story.deliveryConfirmed.inspectionEndsAt}`,
      `carrier_silent ${firstLookAt(USUAL_POLLING, labelRecord.recordedAt)}`,
    ]);
  });
});

describe('The summary of a trade', () => {
  it('is none of a stream that nobody started', () => {
    expect(summarize(historyOf([]))).toBeUndefined();
  });

  it('holds what a list shows, and nobody’s name', () => {
    expect(summarize(historyOf(history))).toEqual({
      tradeId,
      marketplaceId,
      status: 'delivered',
      version: 6,
      reference: 'PO-2026-000117',
      amount: story.tradeOpened.amount,
      payIn: story.escrowFunded.received,
      openedAt: history[0]?.recordedAt,
      updatedAt: history.at(-1)?.recordedAt,
    });
    const { reference: _, ...opened } = story.tradeOpened;
    expect(summarize(historyOf([escrowRecord(1, opened)]))).not.toHaveProperty('reference');
  });
});

describe('The postings of a record', () => {
  it('have ids that follow from where they stand', () => {
    const [first, ...rest] = postingsOf(escrowRecord(3, story.escrowFunded) as TradelaneRecord);
    expect(first).toEqual({
      postingId: `escrow#${tradeId}#3#0#0`,
      account: '1100',
      currency: 'EUR',
      amountMinor: 1_024_674n,
      occurredAt: story.escrowFunded.capturedAt,
      kind: 'capture',
      bookedAt: history[2]?.recordedAt,
      tradeId,
    });
    expect(new Set([first, ...rest].map((posting) => posting?.postingId)).size).toBe(8);
    expect(postingsOf(escrowRecord(1, story.tradeOpened) as TradelaneRecord)).toEqual([]);
  });
});

describe('The postings of what is booked late', () => {
  const bookedAt = '2026-09-02T09:00:00.000Z';
  const booked = (occurredAt: string, events: readonly TradelaneEvent[]) => {
    const record = recordOf('treasury#po_1', 1, [...events]);
    return postingsOf({ ...record, recordedAt: bookedAt } as TradelaneRecord).map((one) => [
      ...[one.bookedAt, one.occurredAt === undefined ? null : one.occurredAt === occurredAt],
    ]);
  };
  const arrived = (occurredAt: string) => ({ ...story.pspPayoutReceived, occurredAt });

  it('tell the day on which it happened, beside the one they are booked on', () => {
    const late = '2026-08-31T00:00:00Z';
    expect(booked(late, [arrived(late)])).toEqual([
      [bookedAt, true],
      [bookedAt, true],
    ]);
  });

  it('tell nothing more of what is booked on the day on which it happened', () => {
    const at = '2026-09-02T00:00:00Z';
    expect(booked(at, [arrived(at)])).toEqual([
      [bookedAt, null],
      [bookedAt, null],
    ]);
  });
});

describe('The deadlines of a record', () => {
  const opened = { ...story.tradeOpened, milestones: [...sampleAndBulk] };
  const owner = { tradeId, marketplaceId };
  const deadlines = (record: EventRecord<TradelaneEvent>, escrow = history) =>
    deadlinesOf(record as TradelaneRecord, historyOf(escrow).state);

  it('are one for every inspection that ends at another time', () => {
    const twoMilestones = [escrowRecord(1, opened), ...history.slice(1)];
    const inspection = { ...owner, deadline: 'inspection_end', subjectId: tradeId };
    expect(deadlines(escrowRecord(6, story.deliveryConfirmed), twoMilestones)).toEqual([
      { ...inspection, dueAt: sampleEndsAt },
      { ...inspection, dueAt: bulkEndsAt },
    ]);
    expect(deadlines(escrowRecord(6, story.deliveryConfirmed))).toHaveLength(1);
  });

  it('ask after a payout that the provider has not confirmed in five minutes', () => {
    const { submittedAt } = story.payoutSubmitted;
    const record = recordOf(payoutStream(payoutId), 2, [story.payoutSubmitted]);
    const [first, ...checks] = deadlines(record, []);
    expect(first).toEqual({
      ...owner,
      deadline: 'payout_confirmation',
      subjectId: payoutId,
      dueAt: later(submittedAt, 300),
    });
    expect(checks.map(({ deadline, dueAt }) => [deadline, dueAt])).toEqual(
      [1_800, 172_800, 864_000].map((seconds) => ['transfer_check', later(submittedAt, seconds)]),
    );
  });

  it('are none for what sets none', () => {
    expect(deadlines(escrowRecord(3, story.escrowFunded))).toEqual([]);
    expect(deadlines(escrowRecord(6, story.deliveryConfirmed), [])).toEqual([]);
  });
});
