import type { EscrowFunded } from '../../events/escrow/escrow-funded.v1.ts';
import type { MilestonePaid } from '../../events/escrow/milestone-paid.v1.ts';
import type { MilestonePaymentReturned } from '../../events/escrow/milestone-payment-returned.v1.ts';
import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import type { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { add, compare, zero } from '../money/money.ts';
import type { Evolution } from '../platform/decision.ts';
import { type BlockEvent, evolveBlock, isBlockEvent } from './evolve-block.ts';
import { type ChargebackEvent, evolveChargebacks } from './evolve-chargebacks.ts';
import { type DisputeEvent, evolveDisputes } from './evolve-disputes.ts';
import { evolveDuties } from './evolve-duties.ts';
import { noParts, unappliedOf, withPart } from './evolve-parts.ts';
import { evolveRefunds, isRefundEvent, type RefundEvent } from './evolve-refunds.ts';
import { isFrozen, lastAttemptOf, releaseOf, undisputedMilestones } from './holdings.ts';
import { expectLegal, expectStatus } from './legal.ts';
import { chargedOf } from './refund-ways.ts';
import {
  type Closed,
  type EscrowState,
  type FundedState,
  type Held,
  initialEscrow,
  isClosed,
  isFunded,
  type Unpaid,
} from './state.ts';
import { isComplete, withStatus } from './status.ts';

/** The state of a trade after one of its events. */
export function evolveEscrow(state: EscrowState, event: EscrowEvent): EscrowState {
  switch (event.type) {
    case 'TradeOpened':
      return opened(state, event);
    case 'PaymentRequested': {
      const unpaid = expectStatus(state, event, 'awaiting_payment', 'canceling');
      expectLegal(unpaid.paymentIntentId === null, event, state);
      return { ...unpaid, paymentIntentId: event.paymentIntentId };
    }
    case 'CancellationRequested': {
      const before = expectStatus(state, event, 'awaiting_payment');
      return { ...before, status: 'canceling', reason: event.reason };
    }
    case 'CancellationRefused': {
      const { reason: _, ...before } = expectStatus(state, event, 'canceling');
      return { ...before, status: 'awaiting_payment' };
    }
    case 'TradeCanceled':
      return {
        ...closedOf(expectStatus(state, event, 'awaiting_payment', 'canceling')),
        status: 'canceled',
      };
    case 'TradeExpired':
      return { ...closedOf(expectStatus(state, event, 'canceling')), status: 'expired' };
    case 'PartialPaymentReceived':
      return withPart(state, event);
    case 'RestRequested':
      return { ...expectStatus(state, event, 'awaiting_payment'), rest: event.rest };
    default:
      return isBlockEvent(event) ? evolveBlock(state, event) : evolvePaid(state, event);
  }
}

type UnpaidEvent = Extract<
  EscrowEvent,
  {
    type:
      | 'TradeOpened'
      | 'PaymentRequested'
      | 'CancellationRequested'
      | 'CancellationRefused'
      | 'TradeCanceled'
      | 'TradeExpired'
      | 'PartialPaymentReceived'
      | 'RestRequested';
  }
>;

type PaidEvent = Exclude<EscrowEvent, UnpaidEvent | BlockEvent>;

const closedOf = ({ terms, paymentIntentId, parts, block }: Unpaid): Closed => ({
  ...{ terms, paymentIntentId, parts, block },
  refunds: [],
});

function evolvePaid(state: EscrowState, event: PaidEvent): EscrowState {
  if (event.type === 'EscrowFunded') return funded(state, event);
  if (isClosed(state) && isRefundEvent(event)) {
    return { ...state, refunds: evolveRefunds(state, event) };
  }
  expectLegal(isFunded(state), event, state);
  return withStatus(evolveHeld(state as FundedState, event));
}

function funded(state: EscrowState, event: EscrowFunded): EscrowState {
  const { terms, parts, block } = expectStatus(state, event, 'awaiting_payment', 'canceling');
  const { type: _, version: __, tradeId: ___, applied: ____, unused, ...payment } = event;
  const due = terms.quote.sell;
  // Stryker disable next-line ConditionalExpression,EqualityOperator: less than is due funds no trade
  const isMore = compare(payment.received, due) > 0;
  return withStatus({
    terms,
    payment: isMore ? { ...payment, received: due, charged: chargedOf(payment) } : payment,
    unapplied: unappliedOf({ parts, due }, event),
    parts:
      event.receiptIds === undefined
        ? {
            ...parts,
            ...(event.byReceipts === undefined ? {} : { receipts: zero(due.currency) }),
            transferred: unused ?? zero(due.currency),
          }
        : { ...parts, receipts: zero(due.currency), receiptIds: event.receiptIds },
    converted: false,
    spread: zero(payment.received.currency),
    releases: [],
    paidMilestoneIds: [],
    paidAttempts: {},
    refunds: [],
    debtTold: zero(terms.amount.currency),
    disputes: [],
    chargebacks: [],
    duties: [],
    dispatched: false,
    holdWarned: false,
    booking: null,
    delivery: null,
    settled: false,
    block,
  });
}

function evolveHeld(state: FundedState, event: Exclude<PaidEvent, EscrowFunded>): Held {
  switch (event.type) {
    case 'FundsConverted': {
      const before = expectStatus(state, event, 'funded');
      expectLegal(!before.converted, event, state);
      // Stryker disable next-line EqualityOperator: zero is zero either way
      const spread = event.spread.amountMinor > 0n ? event.spread : state.spread;
      return { ...before, converted: true, spread };
    }
    case 'ShipmentBooked': {
      const held = expectStatus(state, event, 'funded');
      expectLegal(held.converted, event, state);
      const { type: __, version: ___, ...booking } = event;
      return { ...held, booking };
    }
    case 'DeliveryConfirmed': {
      const { type: _, version: __, ...delivery } = event;
      return { ...expectStatus(state, event, 'in_fulfilment'), delivery };
    }
    case 'DeliveryWithdrawn':
      return { ...expectStatus(state, event, 'delivered'), delivery: null };
    case 'MilestoneReleased':
      return released(state, event);
    case 'MilestonePaid':
      return paid(state, event);
    case 'MilestonePaymentReturned':
      return returned(state, event);
    case 'TradeSettled':
      expectLegal(isComplete(state), event, state);
      return { ...state, settled: true };
    case 'PaymentNoLongerNeeded':
    case 'DocumentPresented':
    case 'ShippingMissed':
    case 'HoldLimitForced':
      return state;
    case 'GoodsDispatched':
      expectLegal(!state.dispatched, event, state);
      return { ...state, dispatched: true };
    case 'HoldLimitNear':
      expectLegal(!state.holdWarned, event, state);
      return { ...state, holdWarned: true };
    case 'DutiesEarmarked':
    case 'DutiesPaid':
    case 'DutiesReleased':
      return { ...state, duties: evolveDuties(state, event) };
    default:
      return evolveClaims(state, event);
  }
}

/** What the buyer, its bank or the clock asks back. */
function evolveClaims(
  state: FundedState,
  event: RefundEvent | DisputeEvent | ChargebackEvent | SellerDebtIncurred,
): Held {
  switch (event.type) {
    case 'SellerDebtIncurred':
      return { ...state, debtTold: add(state.debtTold, event.amount) };
    case 'DisputeOpened':
    case 'DisputeProposed':
    case 'DisputeEscalated':
    case 'DisputeClosed':
      return { ...state, disputes: evolveDisputes(state, event) };
    case 'ChargebackOpened':
    case 'ChargebackAdjusted':
    case 'ChargebackWon':
    case 'ChargebackLost':
    case 'ChargebackResponseRequested':
    case 'ChargebackAnswered':
    case 'ChargebackEvidenceAsked':
    case 'ChargebackEvidenceNear':
    case 'ChargebackUnanswered':
      return { ...state, chargebacks: evolveChargebacks(state, event) };
    default:
      return { ...state, refunds: evolveRefunds(state, event) };
  }
}

function opened(state: EscrowState, event: TradeOpened): EscrowState {
  expectStatus(state, event, 'not_opened');
  const { type: _, version: __, ...terms } = event;
  const parts = noParts(terms.quote.sell.currency);
  return { status: 'awaiting_payment', terms, paymentIntentId: null, parts };
}

function released(state: FundedState, event: MilestoneReleased): Held {
  const before = expectStatus(state, event, 'funded', 'in_fulfilment', 'delivered');
  const { milestoneId, net, fee, amount, rule, evidenceSha256, releasedAt } = event;
  const open = undisputedMilestones(before).find(
    (milestone) => milestone.milestoneId === milestoneId,
  );
  const isHeld = open?.remaining.amountMinor === amount.amountMinor && !isFrozen(before);
  expectLegal(isHeld, event, state);
  const entry = { milestoneId, net, fee, rule, evidenceSha256, releasedAt };
  return { ...before, releases: [...before.releases, entry] };
}

function paid(state: FundedState, event: MilestonePaid): Held {
  const { milestoneId, attempt = 1 } = event;
  const { paidMilestoneIds, paidAttempts } = state;
  const isReleased = releaseOf(state, milestoneId) !== undefined;
  expectLegal(isReleased && attempt > lastAttemptOf(state, milestoneId), event, state);
  const isNew = !paidMilestoneIds.includes(milestoneId);
  return {
    ...state,
    paidMilestoneIds: isNew ? [...paidMilestoneIds, milestoneId] : paidMilestoneIds,
    paidAttempts: { ...paidAttempts, [milestoneId]: attempt },
  };
}

function returned(state: FundedState, event: MilestonePaymentReturned): Held {
  const { milestoneId, attempt } = event;
  const isPaid = state.paidMilestoneIds.includes(milestoneId);
  expectLegal(isPaid && attempt === lastAttemptOf(state, milestoneId), event, state);
  const paidMilestoneIds = state.paidMilestoneIds.filter((id) => id !== milestoneId);
  return { ...state, paidMilestoneIds, settled: false };
}

/** The rules of the escrow stream. */
export const escrowEvolution: Evolution<EscrowState, EscrowEvent> = {
  initial: initialEscrow,
  evolve: evolveEscrow,
};
