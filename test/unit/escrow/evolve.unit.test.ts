import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { story } from '../../support/builders.ts';
import { histories, type StateName, stateNames } from './escrow-states.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

const stateAfter = (...events: readonly EscrowEvent[]) =>
  events.reduce(escrowEvolution.evolve, escrowEvolution.initial);

const codeOf = (events: readonly EscrowEvent[]): string | undefined => {
  try {
    stateAfter(...events);
    return undefined;
  } catch (error) {
    return isCodedError(error) && !error.retryable ? error.code : 'not a defect';
  }
};

const shipped: readonly StateName[] = ['in_fulfilment', 'delivered', 'delivery_withdrawn'];

const paid = stateNames.filter((state) =>
  (histories[state] as readonly EscrowEvent[]).some(({ type }) => type === 'EscrowFunded'),
);

/** Claims on a trade whose goods are delivered and whose money is still held. */
const held: readonly StateName[] = [
  ...(['disputed', 'escalated', 'dispute_withdrawn', 'charged_back', 'chargeback_won'] as const),
];
const chargedBack: readonly StateName[] = [
  ...(['charged_back', 'released_charged_back', 'chargeback_won', 'chargeback_lost'] as const),
];

const unpaid: readonly StateName[] = [
  ...(['opened', 'payment_requested', 'canceling', 'expiring'] as const),
  ...(['partly_paid', 'partly_expiring'] as const),
];

/** In which states each event may stand next. */
const legal: Readonly<Record<EscrowEvent['type'], readonly StateName[]>> = {
  TradeOpened: ['not_opened'],
  PaymentRequested: ['opened'],
  CancellationRequested: ['opened', 'payment_requested', 'partly_paid'],
  CancellationRefused: ['canceling', 'expiring', 'partly_expiring'],
  TradeCanceled: [...unpaid],
  TradeExpired: ['canceling', 'expiring', 'partly_expiring'],
  PartialPaymentReceived: stateNames.filter(
    (state) => state !== 'not_opened' && !state.startsWith('partly_'),
  ),
  PaymentNoLongerNeeded: paid,
  RestRequested: ['opened', 'payment_requested', 'partly_paid'],
  EscrowFunded: [...unpaid],
  FundsConverted: ['funded'],
  ShipmentBooked: ['converted'],
  DeliveryConfirmed: ['in_fulfilment', 'delivery_withdrawn'],
  DeliveryWithdrawn: ['delivered', ...held],
  MilestoneReleased: ['converted', ...shipped, 'dispute_withdrawn', 'chargeback_won'],
  MilestonePaid: ['released', 'released_charged_back'],
  MilestonePaymentReturned: ['settled'],
  TradeSettled: [],
  RefundRequested: ['converted', ...shipped, ...held],
  RefundValued: ['refunding'],
  RefundSubmitted: ['refund_valued'],
  RefundSettled: ['refund_submitted'],
  RefundCredited: ['refund_submitted'],
  RefundFailed: ['refund_submitted', 'refunded'],
  RefundRetried: ['refund_failed'],
  RefundTurnedToBank: ['refund_valued'],
  RefundCanceled: ['refunding', 'refund_valued', 'refund_failed'],
  SellerDebtIncurred: paid,
  DisputeOpened: ['converted', ...shipped, 'charged_back', 'chargeback_won'],
  DisputeProposed: ['disputed', 'escalated'],
  DisputeEscalated: ['disputed'],
  DisputeClosed: ['disputed', 'escalated'],
  ChargebackOpened: paid.filter((state) => !chargedBack.includes(state)),
  ChargebackAdjusted: ['charged_back', 'released_charged_back'],
  ChargebackWon: ['charged_back', 'released_charged_back'],
  ChargebackLost: ['charged_back'],
  ChargebackResponseRequested: ['charged_back', 'released_charged_back'],
  ChargebackAnswered: ['charged_back', 'released_charged_back'],
  ChargebackEvidenceAsked: ['charged_back', 'released_charged_back'],
  ChargebackEvidenceNear: ['charged_back', 'released_charged_back'],
  ChargebackUnanswered: ['charged_back', 'released_charged_back'],
  DocumentPresented: paid,
  DutiesEarmarked: ['converted', ...shipped, ...held],
  DutiesPaid: [],
  DutiesReleased: [],
  GoodsDispatched: paid,
  HoldLimitForced: paid,
  HoldLimitNear: paid,
  ShippingMissed: paid,
  FundsBlocked: stateNames.filter((state) => state !== 'not_opened'),
  BlockedFundsAdjusted: [],
  UnblockProposed: [],
  FundsUnblocked: [],
};

const eventsByType: Readonly<Record<EscrowEvent['type'], EscrowEvent>> = {
  TradeOpened: story.tradeOpened,
  PaymentRequested: story.paymentRequested,
  CancellationRequested: story.cancellationRequested,
  CancellationRefused: story.cancellationRefused,
  TradeCanceled: story.tradeCanceled,
  TradeExpired: story.tradeExpired,
  PartialPaymentReceived: story.partialPaymentReceived,
  PaymentNoLongerNeeded: story.paymentNoLongerNeeded,
  RestRequested: story.restRequested,
  EscrowFunded: story.escrowFunded,
  FundsConverted: story.fundsConverted,
  ShipmentBooked: story.shipmentBooked,
  DeliveryConfirmed: story.deliveryConfirmed,
  DeliveryWithdrawn: story.deliveryWithdrawn,
  MilestoneReleased: story.milestoneReleased,
  MilestonePaid: story.milestonePaid,
  MilestonePaymentReturned: story.milestonePaymentReturned,
  TradeSettled: story.tradeSettled,
  RefundRequested: story.refundRequested,
  RefundValued: story.refundValued,
  RefundSubmitted: story.refundSubmitted,
  RefundSettled: story.refundSettled,
  RefundCredited: story.refundCredited,
  RefundFailed: story.refundFailed,
  RefundRetried: story.refundRetried,
  RefundTurnedToBank: story.refundTurnedToBank,
  RefundCanceled: story.refundCanceled,
  SellerDebtIncurred: story.sellerDebtIncurred,
  DisputeOpened: story.disputeOpened,
  DisputeProposed: story.disputeProposed,
  DisputeEscalated: story.disputeEscalated,
  DisputeClosed: story.disputeClosed,
  ChargebackOpened: story.chargebackOpened,
  ChargebackAdjusted: story.chargebackAdjusted,
  ChargebackWon: story.chargebackWon,
  ChargebackLost: story.chargebackLost,
  ChargebackResponseRequested: story.chargebackResponseRequested,
  ChargebackAnswered: story.chargebackAnswered,
  ChargebackEvidenceAsked: story.chargebackEvidenceAsked,
  ChargebackEvidenceNear: story.chargebackEvidenceNear,
  ChargebackUnanswered: story.chargebackUnanswered,
  DocumentPresented: story.documentPresented,
  DutiesEarmarked: story.dutiesEarmarked,
  DutiesPaid: story.dutiesPaid,
  DutiesReleased: story.dutiesReleased,
  GoodsDispatched: story.goodsDispatched,
  HoldLimitForced: story.holdLimitForced,
  HoldLimitNear: story.holdLimitNear,
  ShippingMissed: story.shippingMissed,
  FundsBlocked: story.fundsBlocked,
  BlockedFundsAdjusted: story.blockedFundsAdjusted,
  UnblockProposed: story.unblockProposed,
  FundsUnblocked: story.fundsUnblocked,
};

const cases = stateNames.flatMap((state) =>
  Object.values(eventsByType).map((event) => ({ state, event, type: event.type })),
);

describe('A history in which', () => {
  it.each(cases.filter(({ state, type }) => legal[type].includes(state)))(
    '$type follows $state is legal',
    ({ state, event }) => {
      expect(codeOf([...histories[state], event])).toBeUndefined();
    },
  );

  it.each(cases.filter(({ state, type }) => !legal[type].includes(state)))(
    '$type follows $state is refused',
    ({ state, event }) => {
      expect(codeOf([...histories[state], event])).toBe('escrow.illegal_history');
    },
  );
});

describe('A history of two milestones', () => {
  const delivered = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
  const paid = (milestoneId: string) => ({ ...story.milestonePaid, milestoneId });

  it('is not released by one of them', () => {
    expect(stateAfter(...delivered, releaseOf('sample'))).toMatchObject({ status: 'delivered' });
    expect(stateAfter(...delivered, releaseOf('sample'), releaseOf('bulk'))).toMatchObject({
      status: 'released',
    });
  });

  it.each([
    { what: 'one milestone released twice', events: [releaseOf('sample'), releaseOf('sample')] },
    {
      what: 'a milestone that is not the trade’s',
      events: [{ ...releaseOf('sample'), milestoneId: 'a-milestone-of-no-one' }],
    },
    { what: 'a payout of what was not released', events: [releaseOf('sample'), paid('bulk')] },
    {
      what: 'a milestone paid twice',
      events: [releaseOf('sample'), paid('sample'), paid('sample')],
    },
    {
      what: 'a settlement before the last payout',
      events: [releaseOf('sample'), releaseOf('bulk'), paid('sample'), story.tradeSettled],
    },
  ])('with $what is refused', ({ events }) => {
    expect(codeOf([...delivered, ...events])).toBe('escrow.illegal_history');
  });
});

describe('The state of a trade', () => {
  it('holds what was agreed and paid, and nothing that does not exist yet', () => {
    expect(stateAfter(...histories.funded)).toEqual({
      status: 'funded',
      terms: expect.objectContaining({ tradeId: story.tradeOpened.tradeId }),
      parts: { transferred: money('EUR', 0n), receipts: money('EUR', 0n), receiptIds: [] },
      payment: expect.objectContaining({ chargeId: story.escrowFunded.chargeId }),
      converted: false,
      spread: { currency: 'EUR', amountMinor: 0n },
      unapplied: { currency: 'EUR', amountMinor: 0n },
      releases: [],
      paidMilestoneIds: [],
      paidAttempts: {},
      refunds: [],
      debtTold: money('USD', 0n),
      disputes: [],
      chargebacks: [],
      duties: [],
      dispatched: false,
      holdWarned: false,
      booking: null,
      delivery: null,
      settled: false,
    });
    expect(stateAfter(...histories.delivery_withdrawn)).toMatchObject({ delivery: null });
    expect(stateAfter(...histories.canceled)).toEqual({
      status: 'canceled',
      terms: expect.anything(),
      paymentIntentId: story.paymentRequested.paymentIntentId,
      parts: { transferred: money('EUR', 0n), receipts: money('EUR', 0n), receiptIds: [] },
      refunds: [],
    });
  });
});
