import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent, ShipmentEvent } from '../../../events/index.ts';
import { initialEscrow } from '../../../src/escrow/state.ts';
import { shipmentStream } from '../../../src/platform/ids.ts';
import { deadlinesOf } from '../../../src/process/deadlines-of.ts';
import { historyOf } from '../../../src/process/escrow-history.ts';
import { firstLookAt, USUAL_POLLING } from '../../../src/tracking/polling.ts';
import { later, shipmentId, story, tradeId } from '../../support/builders.ts';

const owner = { tradeId, marketplaceId: story.tradeOpened.marketplaceId };
const recordOfEvents = (events: readonly EscrowEvent[], sequence = 1) => ({
  ...{ ...owner, streamId: `escrow#${tradeId}`, sequence, cause: 'c', journal: [] },
  recordedAt: story.escrowFunded.capturedAt,
  events,
});
const due = (history: readonly EscrowEvent[]) => {
  const last = history.slice(-1);
  return deadlinesOf(
    recordOfEvents(last, 2) as unknown as TradelaneRecord,
    historyOf([recordOfEvents(history)]).state,
  ).map(({ deadline, subjectId, dueAt }) => [deadline, subjectId, dueAt]);
};
const dueOfPayout = (event: PayoutEvent) =>
  deadlinesOf(recordOfEvents([event as never], 2) as unknown as TradelaneRecord, initialEscrow).map(
    ({ deadline, subjectId, dueAt }) => [deadline, subjectId, dueAt],
  );
const { capturedAt } = story.escrowFunded;
const [whole] = story.tradeOpened.milestones;
const releaseAt = '2026-08-01T00:00:00.000Z';
const opened = {
  ...story.tradeOpened,
  ...{ shipWithinSeconds: 60, holdLimitSeconds: 1_000 },
  milestones: [
    {
      milestoneId: 'delivery',
      inspectionPeriodSeconds: 1,
      ...whole,
      release: { rule: 'date', releaseAt },
    },
  ],
} as EscrowEvent;
/** The bank keeps nothing of what is held. */
const partlyLost = {
  ...story.chargebackLost,
  ...{ parts: [], closedAt: story.chargebackWon.closedAt },
} as EscrowEvent;
const funded = [opened, story.paymentRequested, story.escrowFunded];

describe('The deadlines that waited while funds were blocked', () => {
  const { unblockedAt } = story.fundsUnblocked;

  it('are asked for once more when the block is lifted', () => {
    const history = [...funded, story.fundsConverted, story.fundsBlocked, story.fundsUnblocked];
    expect(due(history)).toEqual([
      ['payment_due', tradeId, unblockedAt],
      ['inspection_end', tradeId, unblockedAt],
      ['shipping_due', tradeId, unblockedAt],
      ['hold_warning', tradeId, unblockedAt],
      ['hold_forced', tradeId, unblockedAt],
    ]);
  });

  it('are the end of the payment window where it was not paid', () => {
    const nothing = { held: { currency: 'USD', amountMinor: 0n } } as const;
    const unpaid = [opened, story.paymentRequested];
    const history = [
      ...unpaid,
      { ...story.fundsBlocked, ...nothing },
      { ...story.fundsUnblocked, ...nothing },
    ];
    expect(due(history)).toEqual([['payment_due', tradeId, unblockedAt]]);
  });
});

describe('The deadlines that money brings', () => {
  it('are the time to ship and the limit of the hold', () => {
    expect(due(funded)).toEqual([
      ['shipping_due', tradeId, later(capturedAt, 60)],
      ['hold_warning', tradeId, later(capturedAt, 800)],
      ['hold_forced', tradeId, later(capturedAt, 950)],
    ]);
    expect(due([story.tradeOpened, ...funded.slice(1)])).toEqual([]);
  });

  it('are the days of its milestones, once it is converted', () => {
    expect(due([...funded, story.fundsConverted])).toContainEqual([
      ...['release_date', tradeId, releaseAt],
    ]);
    const late = { ...story.fundsConverted, convertedAt: '2026-09-01T00:00:00.000Z' };
    expect(due([...funded, late])).toContainEqual(['release_date', tradeId, late.convertedAt]);
  });

  it('are asked for once more where it was converted after they had passed', () => {
    const convertedAt = later(capturedAt, 900);
    expect(due([...funded, { ...story.fundsConverted, convertedAt }])).toEqual([
      ['release_date', tradeId, releaseAt],
      ['shipping_due', tradeId, convertedAt],
      ['hold_warning', tradeId, convertedAt],
      ['hold_forced', tradeId, later(capturedAt, 950)],
    ]);
  });

  it('are asked for once more after what held them up', () => {
    const held = [...funded, story.fundsConverted, story.disputeOpened, story.chargebackOpened];
    const { closedAt } = story.chargebackWon;
    expect(due([...held, story.chargebackWon])).toEqual([
      ['inspection_end', tradeId, closedAt],
      ['shipping_due', tradeId, closedAt],
      ['hold_warning', tradeId, closedAt],
      ['hold_forced', tradeId, closedAt],
      ['dispute_escalation', story.disputeOpened.disputeId, closedAt],
    ]);
    expect(due([...held.slice(0, 4), story.chargebackOpened, partlyLost])).toEqual([
      ['inspection_end', tradeId, closedAt],
      ['shipping_due', tradeId, closedAt],
      ['hold_warning', tradeId, closedAt],
      ['hold_forced', tradeId, closedAt],
    ]);
    expect(due([...held, story.disputeEscalated, story.chargebackWon]).at(-1)).toEqual([
      ...['dispute_decision', story.disputeOpened.disputeId, closedAt],
    ]);
  });
});

describe('The deadlines of a payout that waits for its money', () => {
  it('are the moment it is free, and half a day later', () => {
    const availableOn = '2026-08-01T00:00:00.000Z';
    const { payoutId } = story.payoutRequested;
    expect(dueOfPayout({ ...story.payoutRequested, availableOn })).toEqual([
      ['payout_retry', payoutId, availableOn],
      ['payout_retry', payoutId, later(availableOn, 43_200)],
    ]);
    expect(dueOfPayout(story.payoutRequested)).toEqual([]);
  });
});

describe('The deadlines of claims', () => {
  it('are three days before evidence is due, and that day, as often as the bank sets one', () => {
    const { chargebackId, evidenceDueBy = '' } = story.chargebackOpened;
    const frozen = [...funded, story.fundsConverted, story.chargebackOpened];
    expect(due(frozen)).toEqual([
      ['evidence_near', chargebackId, story.chargebackEvidenceNear.noticedAt],
      ['evidence_due', chargebackId, evidenceDueBy],
    ]);
    const { askedAt } = story.chargebackEvidenceAsked;
    const tomorrow = later(askedAt, 86_400);
    expect(due([...frozen, { ...story.chargebackEvidenceAsked, evidenceDueBy: tomorrow }])).toEqual(
      [
        ['evidence_near', chargebackId, askedAt],
        ['evidence_due', chargebackId, tomorrow],
      ],
    );
  });

  it('are the steps of a dispute and the provider’s word on a refund', () => {
    const { disputeId, escalatesAt } = story.disputeOpened;
    const disputed = [...funded, story.fundsConverted, story.disputeOpened];
    expect(due(disputed)).toEqual([['dispute_escalation', disputeId, escalatesAt]]);
    expect(due([...disputed, story.disputeEscalated])).toEqual([
      ['dispute_decision', disputeId, story.disputeEscalated.decideBy],
    ]);
    const { refundId, submittedAt } = story.refundSubmitted;
    const refunded = [...funded, story.fundsConverted, story.refundRequested, story.refundValued];
    expect(due([...refunded, story.refundSubmitted])).toEqual(
      [300, 86_400, 864_000].map((seconds) => [
        ...['refund_confirmation', refundId, later(submittedAt, seconds)],
      ]),
    );
  });
});

describe('The deadlines of a parcel', () => {
  const recordedAt = '2026-07-02T17:00:00.000Z';
  const dueAfter = (event: ShipmentEvent, polling = USUAL_POLLING) =>
    deadlinesOf(
      {
        ...{ ...owner, streamId: shipmentStream(shipmentId), sequence: 4, cause: 'c' },
        ...{ journal: [], recordedAt, events: [event] },
      },
      initialEscrow,
      polling,
    ).map(({ deadline, subjectId, dueAt }) => [deadline, subjectId, dueAt]);
  const look = ['carrier_silent', shipmentId, firstLookAt(USUAL_POLLING, recordedAt)];

  it('are a look after its label and after each of its news, until it comes to an end', () => {
    const { trackingUpdated, labelPurchased } = story;
    expect(dueAfter(labelPurchased)).toEqual([look]);
    expect(dueAfter({ ...trackingUpdated, status: 'in_transit' })).toEqual([look]);
    expect(dueAfter({ ...trackingUpdated, status: 'delivered' })).toEqual([]);
    const flags = ['provider_conflict'];
    expect(dueAfter({ ...trackingUpdated, status: 'delivered', flags })).toEqual([look]);
  });

  it('are a look where a delivery is in doubt by what a carrier answered, and none otherwise', () => {
    expect(dueAfter(story.trackingFlagged)).toEqual([look]);
    expect(dueAfter({ ...story.trackingFlagged, flags: ['recycled'] })).toEqual([]);
  });

  it('are a question at once where nobody signed its delivery', () => {
    const unconfirmed = { ...story.trackingUpdated, flags: ['unconfirmed'] };
    expect(dueAfter(unconfirmed)).toEqual([['carrier_silent', shipmentId, recordedAt]]);
  });

  it('are the next question, while the carrier is asked', () => {
    const { nextAskAt, ...last } = story.carrierAsked;
    expect(dueAfter(story.carrierAsked)).toEqual([['carrier_silent', shipmentId, nextAskAt]]);
    expect(dueAfter(last)).toEqual([]);
  });

  it('are its subscriptions, where anyone else is to follow it, and their renewals', () => {
    const { renewAt, ...lasting } = story.trackingSubscribed;
    const renewal = ['subscription_due', shipmentId, renewAt];
    expect(dueAfter(story.trackingSubscribed)).toEqual([renewal]);
    expect(dueAfter(lasting)).toEqual([]);
    const subscribed = dueAfter(story.labelPurchased, { ...USUAL_POLLING, subscribe: ['ups'] });
    expect(subscribed).toEqual([look, ['subscription_due', shipmentId, recordedAt]]);
  });

  it('are the end of the window in which its delivery must stand', () => {
    const { stableAt } = story.deliveryReported;
    expect(dueAfter(story.deliveryReported)).toEqual([['delivery_stable', shipmentId, stableAt]]);
  });
});
