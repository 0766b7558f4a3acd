import { money } from '../../../src/money/money.ts';
import { toJson } from '../../../src/platform/json.ts';
import {
  presentTrade,
  readEscrow,
  readTrade,
  type TradeStores,
} from '../../../src/process/trade-view.ts';
import { marketplaceId, payoutId, shipmentId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { histories } from '../escrow/escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith, wholeMilestone } from '../escrow/milestones.ts';

type Streams = {
  readonly escrow: readonly Parameters<typeof recordOf>[2][];
  readonly shipment?: readonly Parameters<typeof recordOf>[2][];
  readonly payout?: readonly Parameters<typeof recordOf>[2][];
};

/** Stores that hold the given events, each list in a record of its own. */
const storesOf = ({ escrow, shipment = [], payout = [] }: Streams): TradeStores => {
  const load = (lists: Streams['escrow'], own: string) => async (streamId: string) =>
    streamId === own
      ? (lists.map((events, index) => recordOf(streamId, index + 1, events)) as never[])
      : [];
  return {
    escrows: { load: load(escrow, `escrow#${tradeId}`) },
    shipments: { load: load(shipment, `shipment#${shipmentId}`) },
    payouts: { load: load(payout, `payout#${payoutId}`) },
  };
};

const each = <E>(events: readonly E[]): readonly E[][] => events.map((event) => [event]);

async function present(streams: Streams) {
  const history = await readTrade(storesOf(streams), { tradeId, marketplaceId });
  if (history === undefined) throw new Error('The trade is not there.');
  return presentTrade(history);
}

const shipped = [story.shipmentRequested, story.carrierShipmentCreated, story.labelPurchased];
const settled: Streams = {
  escrow: each(histories.settled),
  shipment: [...each(shipped), [story.trackingUpdated, story.shipmentDelivered]],
  payout: each([story.payoutRequested, story.payoutSubmitted, story.payoutSettled]),
};

describe('Reading a trade', () => {
  it('finds none that was never opened', async () => {
    const query = { tradeId, marketplaceId };
    expect(await readTrade(storesOf({ escrow: [] }), query)).toBeUndefined();
  });

  it('finds none of another marketplace', async () => {
    const query = { tradeId, marketplaceId: 'mkt_another' };
    expect(await readTrade(storesOf(settled), query)).toBeUndefined();
    expect(await readEscrow(storesOf(settled), query)).toBeUndefined();
  });

  it('needs no more than its own stream to know whose it is', async () => {
    const { escrows } = storesOf(settled);
    const own = await readEscrow({ escrows }, { tradeId, marketplaceId });
    expect(own?.escrow).toMatchObject({ status: 'settled', terms: { tradeId, marketplaceId } });
  });
});

describe('A trade that has just been opened', () => {
  it('shows its terms, its price, and nothing that does not exist yet', async () => {
    const view = await present({ escrow: each(histories.opened) });
    expect(view).toMatchObject({
      id: tradeId,
      status: 'awaiting_payment',
      reference: 'PO-2026-000117',
      payIn: story.tradeOpened.quote.sell,
      quote: { reference: { source: 'ECB', rateDate: '2026-06-30' } },
      milestones: [{ milestoneId: 'delivery', status: 'pending' }],
      shipments: [],
      payouts: [],
      money: [],
      timeline: [{ type: 'TradeOpened', stream: `escrow#${tradeId}`, sequence: 1 }],
    });
    expect(view).not.toHaveProperty('inspectionEndsAt');
  });
});

describe('A trade that is settled', () => {
  it('shows where the goods are, who was paid, and that nothing is left', async () => {
    const view = await present(settled);
    expect(view).toMatchObject({
      status: 'settled',
      milestones: [{ milestoneId: 'delivery', status: 'paid' }],
      shipments: [
        {
          id: shipmentId,
          status: 'delivered',
          provider: 'easypost',
          carrier: 'UPS',
          trackingNumber: story.labelPurchased.trackingNumber,
          scans: [{ status: 'delivered', place: { city: 'BERLIN', country: 'DE' } }],
        },
      ],
      payouts: [
        {
          id: payoutId,
          rail: 'stripe_transfer',
          status: 'settled',
          amount: story.payoutSettled.amount,
          transferId: story.payoutSettled.transferId,
        },
      ],
    });
    const held = view.money.filter(({ account }) => account === '2100');
    expect(held).toMatchObject([{ debitMinor: 1_150_000n, creditMinor: 1_150_000n }]);
  });

  it('tells the events of all its streams in the order of time', async () => {
    const { timeline } = await present(settled);
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
    expect(timeline).toHaveLength(histories.settled.length + shipped.length + 2 + 3);
    expect(new Set(timeline.map(({ stream }) => stream)).size).toBe(3);
  });

  it('names people by their ids alone, also in JSON', async () => {
    expect(toJson(await present(settled))).not.toMatch(/Vogel|Reyes|@|\+49/);
  });
});

describe('A trade under way', () => {
  it('shows until when the buyer may inspect', async () => {
    const view = await present({ escrow: each(histories.delivered) });
    expect(view).toMatchObject({
      status: 'delivered',
      inspectionEndsAt: story.deliveryConfirmed.inspectionEndsAt,
    });
  });

  it('is not settled while what paid it is back, and says so', async () => {
    const view = await present({
      escrow: each([...histories.settled, story.milestonePaymentReturned]),
    });
    expect(view).toMatchObject({
      ...{ status: 'released', milestones: [{ milestoneId: 'delivery', status: 'returned' }] },
    });
  });

  it('shows each milestone as it is: paid, released or pending', async () => {
    const milestones = [...sampleAndBulk, wholeMilestone({ milestoneId: 'last' })];
    const view = await present({
      escrow: each([
        ...shippedWith(milestones),
        story.deliveryConfirmed,
        releaseOf('sample'),
        releaseOf('bulk'),
        { ...story.milestonePaid, milestoneId: 'sample' },
      ]),
    });
    expect(view.milestones.map(({ milestoneId, status }) => [milestoneId, status])).toEqual([
      ['sample', 'paid'],
      ['bulk', 'released'],
      ['last', 'pending'],
    ]);
  });

  it('shows a shipment without a label, and a payout on its way', async () => {
    const view = await present({
      escrow: each(histories.released),
      shipment: each([story.shipmentRequested, story.labelRefused]),
      payout: each([story.payoutRequested]),
    });
    const { code: reason, fields: refusedFields } = story.labelRefused;
    expect(view.shipments).toEqual([{ id: shipmentId, status: 'refused', reason, refusedFields }]);
    expect(view.payouts).toMatchObject([{ id: payoutId, status: 'requested' }]);
    expect(view.payouts[0]).not.toHaveProperty('transferId');
  });
});

describe('A chargeback of a trade', () => {
  const { chargebackId, evidenceDueBy } = story.chargebackOpened;

  it('says until when to answer, and what is held as evidence', async () => {
    const { chargebacks } = await present({ escrow: each(histories.charged_back) });
    const evidence = story.chargebackResponseRequested.evidence;
    expect(chargebacks).toMatchObject([
      { id: chargebackId, status: 'open', evidenceDueBy, evidence },
    ]);
    expect(chargebacks[0]).not.toHaveProperty('response');
    expect(chargebacks[0]).not.toHaveProperty('inquiry');
  });

  it('says what was answered, and that nobody did', async () => {
    const answered = [story.chargebackResponseRequested, story.chargebackAnswered];
    const one = await present({ escrow: each([...histories.charged_back, ...answered]) });
    expect(one.chargebacks).toMatchObject([{ response: { kind: 'contest', status: 'made' } }]);
    expect(one.chargebacks[0]).not.toHaveProperty('evidence');
    const silent = [...histories.charged_back, story.chargebackUnanswered];
    const other = await present({ escrow: each(silent) });
    expect(other.chargebacks).toMatchObject([{ unanswered: true }]);
  });

  it('is shown as an inquiry as long as the bank only asks', async () => {
    const none = money('USD', 0n);
    const asked = { ...story.chargebackOpened, withdrawn: none, fee: none, inquiry: true } as const;
    const delivered = histories.charged_back.slice(0, -1);
    const { chargebacks } = await present({ escrow: each([...delivered, asked]) });
    expect(chargebacks).toMatchObject([{ id: chargebackId, inquiry: true }]);
    const over = await present({ escrow: each([...delivered, asked, story.chargebackWon]) });
    expect(over.chargebacks[0]).not.toHaveProperty('inquiry');
  });
});

describe('Money that the provider has not freed yet', () => {
  const { availableOn } = story.escrowFunded;

  it('is shown with its day, and so is a payout that waits for it', async () => {
    const awaited = { ...story.payoutRequested, availableOn };
    const view = await present({ escrow: each(histories.released), payout: each([awaited]) });
    expect(view).toMatchObject({ availableOn, payouts: [{ status: 'requested', availableOn }] });
  });
});

describe('A trade of which a part has been paid', () => {
  const received = { currency: 'EUR', amountMinor: 400_000n };

  it('shows what has come and what is missing, and still awaits payment', async () => {
    const view = await present({ escrow: each(histories.partly_paid) });
    const remaining = { currency: 'EUR', amountMinor: 624_674n };
    expect(view).toMatchObject({
      status: 'awaiting_payment',
      partiallyFunded: { received, remaining },
    });
  });

  it('shows the refund of the part once it has expired', async () => {
    const view = await present({ escrow: each(histories.partly_expired) });
    expect(view).not.toHaveProperty('partiallyFunded');
    expect(view).toMatchObject({ status: 'expired', refunds: [{ amount: received }] });
  });
});
