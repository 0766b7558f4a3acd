import { subtract } from '../../../src/money/money.ts';
import type { TrackingView } from '../../../src/process/tracking-view.ts';
import { trackingView } from '../../../src/process/tracking-view.ts';
import { readTrade } from '../../../src/process/trade-view.ts';
import { later, story, tradeId } from '../../support/builders.ts';
import { inDoubt, noted, toldTrades } from '../../support/told-trades.ts';
import { siteOf, type ToldTrade } from '../../support/tracking-site.ts';
import { histories } from '../escrow/escrow-states.ts';
import { sampleAndBulk, shippedWith } from '../escrow/milestones.ts';

async function viewOf(trade: ToldTrade): Promise<TrackingView> {
  const { ports } = await siteOf(trade);
  const history = await readTrade(ports.stores, { tradeId });
  if (history === undefined) throw new Error('There is no such trade.');
  return trackingView(history, ports.now().toISOString());
}

const { payBy } = story.tradeOpened;
const late = { ...story.tradeOpened, shipWithinSeconds: 86_400 };

describe('What a buyer is told', () => {
  const rows: readonly [string, ToldTrade, Partial<TrackingView>][] = [
    ['to pay', toldTrades.awaiting_payment, { next: { step: 'pay', by: payBy } }],
    ['of a cancellation', toldTrades.canceling, { next: { step: 'cancel' } }],
    ['that it is canceled', toldTrades.canceled, { next: { step: 'none' } }],
    ['that it ships', toldTrades.funded, { next: { step: 'ship' } }],
    [
      'by when it must ship',
      { escrow: [late, ...histories.converted.slice(1)] },
      { next: { step: 'shipBy', by: later(story.escrowFunded.capturedAt, 86_400) } },
    ],
    ['that it comes', toldTrades.in_fulfilment, { next: { step: 'transit' } }],
    [
      'until when to inspect',
      toldTrades.delivered,
      { next: { step: 'inspect', by: story.deliveryConfirmed.inspectionEndsAt } },
    ],
    [
      'of the inspection that ends first',
      toldTrades.inTwoParts,
      { next: { step: 'inspect', by: '2026-07-07T08:21:45.033Z' } },
    ],
    ['of the payout', toldTrades.released, { next: { step: 'payout' } }],
    ['that it is over', toldTrades.settled, { next: { step: 'none' } }],
    ['of the refund', toldTrades.refunding, { next: { step: 'refund' } }],
    ['that it is refunded', toldTrades.refunded, { next: { step: 'none' } }],
    [
      'until when to negotiate',
      toldTrades.disputed,
      { next: { step: 'negotiate', by: story.disputeOpened.escalatesAt } },
    ],
    [
      'by when it is decided',
      { escrow: histories.escalated },
      { next: { step: 'decide', by: story.disputeEscalated.decideBy } },
    ],
    ['of the bank', toldTrades.charged_back, { next: { step: 'bank' } }],
    ['that the bank has it', { escrow: histories.chargeback_lost }, { next: { step: 'none' } }],
  ];
  it.each(rows)('is %s', async (_, trade, expected) => {
    expect(await viewOf(trade)).toMatchObject(expected);
  });

  it('is to accept where nothing but the buyer’s word releases the money', async () => {
    const [part, ...others] = sampleAndBulk;
    if (part === undefined) throw new Error('There are no milestones.');
    const milestones = [part, ...others].map((each) => ({
      ...each,
      release: { rule: 'acceptance' } as const,
    }));
    const escrow = [...shippedWith(milestones), story.deliveryConfirmed];
    expect((await viewOf({ escrow })).next).toEqual({ step: 'accept' });
  });
});

describe('What a buyer can do', () => {
  it.each([
    ['awaiting_payment', false, 0],
    ['funded', false, 1],
    ['in_fulfilment', true, 1],
    ['delivered', true, 1],
    ['inTwoParts', true, 2],
    ['disputed', false, 0],
    ['charged_back', false, 0],
    ['released', false, 0],
    ['settled', false, 0],
    ['refunded', false, 0],
  ] as const)(
    'of an order that is %s: accept %s, dispute %i parts',
    async (name, accepts, parts) => {
      const { acceptable, disputable } = await viewOf(toldTrades[name]);
      expect(acceptable !== null).toBe(accepts);
      expect(disputable).toHaveLength(parts);
    },
  );
});

describe('Where the goods are', () => {
  it('is told by the parcel’s scans and the trade’s events, the newest first', async () => {
    const { parcels, timeline } = await viewOf(toldTrades.delivered);
    expect(parcels).toMatchObject([
      {
        carrier: 'UPS',
        status: 'delivered',
        scans: [
          { status: 'delivered', city: 'BERLIN', country: 'DE' },
          { status: 'customs_processing', city: 'LEIPZIG' },
          { status: 'in_transit' },
          { status: 'picked_up', city: 'SEATTLE', country: 'US' },
        ],
      },
    ]);
    expect(timeline.map(({ kind }) => kind)).toEqual([
      'delivered',
      'dispatched',
      'booked',
      'paid',
      'opened',
    ]);
    expect(timeline[0]?.at).toBe(story.shipmentDelivered.deliveredAt);
  });

  it('is told parcel by parcel where there are several', async () => {
    const { parcels } = await viewOf(toldTrades.inTwoParcels);
    expect(parcels).toMatchObject([
      { trackingNumber: '1Z204E380338950123', status: 'delivered', scans: { length: 2 } },
      { trackingNumber: '1Z204E380338950124', status: 'in_transit', scans: { length: 2 } },
    ]);
  });

  it('is told with a doubt where the carrier contradicts itself', async () => {
    expect((await viewOf(inDoubt)).parcels).toMatchObject([{ isInDoubt: true }]);
    for (const sure of [toldTrades.delivered, toldTrades.inTwoParcels]) {
      for (const parcel of (await viewOf(sure)).parcels) expect(parcel.isInDoubt).toBe(false);
    }
  });

  it('is told what else there is to know of a parcel, and how well each time is known', async () => {
    const [parcel] = (await viewOf(noted)).parcels;
    expect(parcel?.notes).toEqual([
      ...['unmapped', 'stale', 'post_terminal_activity', 'unconfirmed', 'recycled'],
    ]);
    const qualities = parcel?.scans.map(({ timeQuality }) => timeQuality);
    expect(qualities).toEqual(['assumed', 'carrier_local', 'exact']);
    for (const told of (await viewOf(toldTrades.inTwoParcels)).parcels) {
      expect(told.notes).toEqual([]);
    }
  });

  it('is told of a doubt of the whole shipment at the parcels that it is about', async () => {
    const { escrow, shipment } = toldTrades.inTwoParcels;
    const flags = ['provider_conflict', 'recycled'];
    const doubted = { escrow, shipment: [...shipment, { ...story.trackingFlagged, flags }] };
    expect((await viewOf(doubted)).parcels).toMatchObject([
      { status: 'delivered', isInDoubt: true, notes: ['recycled'] },
      { status: 'in_transit', isInDoubt: false, notes: ['recycled'] },
    ]);
  });

  it('is told of the part of a payment that has come', async () => {
    const { partly, timeline } = await viewOf(toldTrades.partlyPaid);
    const { received } = story.partialPaymentReceived;
    const { sell } = story.tradeOpened.quote;
    expect(partly).toEqual({ received, remaining: subtract(sell, received) });
    expect(timeline[0]?.kind).toBe('partPaid');
    expect((await viewOf(toldTrades.delivered)).partly).toBeNull();
  });

  it('is told of refunds by what became of them', async () => {
    const states = async (trade: ToldTrade) =>
      (await viewOf(trade)).refunds.map(({ state }) => state);
    expect(await states(toldTrades.refunding)).toEqual(['pending']);
    expect(await states({ escrow: histories.refund_failed })).toEqual(['delayed']);
    expect(await states(toldTrades.refunded)).toEqual(['done']);
  });
});
