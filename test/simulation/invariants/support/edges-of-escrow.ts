import type { Edges } from './edges.ts';
import type { EventType } from './history.ts';

/** A refund goes its way beside the goods; what it leads to shows once nothing is held any more. */
const besideRefunds = (status: string): Partial<Record<EventType, string>> => ({
  RefundRequested: status,
  RefundValued: status,
  RefundSubmitted: status,
  RefundCredited: status,
  RefundSettled: status,
  RefundFailed: status,
  RefundRetried: status,
  RefundTurnedToBank: status,
  SellerDebtIncurred: status,
});

/** What is answered to a buyer's bank moves nothing. */
const besideAnswers = (status: string): Partial<Record<EventType, string>> => ({
  ChargebackResponseRequested: status,
  ChargebackAnswered: status,
  ChargebackEvidenceAsked: status,
  ChargebackEvidenceNear: status,
  ChargebackUnanswered: status,
});

/** What a buyer's bank takes back; a refund that it makes needless is called off. */
const besideChargebacks = (status: string): Partial<Record<EventType, string>> => ({
  ChargebackOpened: status,
  ChargebackAdjusted: status,
  ChargebackWon: status,
  ChargebackLost: status,
  RefundCanceled: status,
  ...besideAnswers(status),
});

/** What may happen at any time after the payment, and moves nothing that is held. */
const besideAll = (status: string): Partial<Record<EventType, string>> => ({
  GoodsDispatched: status,
  DutiesPaid: status,
  DutiesReleased: status,
});

/** What papers, days, customs and the law make of what is held. */
const besideHolding = (status: string): Partial<Record<EventType, string>> => ({
  ...besideAll(status),
  DocumentPresented: status,
  DutiesEarmarked: status,
  HoldLimitNear: status,
  HoldLimitForced: status,
  MilestonePaid: status,
  MilestonePaymentReturned: status,
});

/** A dispute goes its way beside the goods, too. */
const besideDisputes = (status: string): Partial<Record<EventType, string>> => ({
  DisputeOpened: status,
  DisputeProposed: status,
  DisputeEscalated: status,
  DisputeClosed: status,
  MilestoneReleased: status,
});

/** A part may come at any time; what a trade can't use goes back. */
const besideParts = (status: string): Partial<Record<EventType, string>> => ({
  PartialPaymentReceived: status,
  ...besideRefunds(status),
});

export const ESCROW: Edges = {
  none: { TradeOpened: 'awaiting_payment' },
  awaiting_payment: {
    PartialPaymentReceived: 'awaiting_payment',
    RestRequested: 'awaiting_payment',
    PaymentRequested: 'awaiting_payment',
    CancellationRequested: 'canceling',
    TradeCanceled: 'canceled',
    EscrowFunded: 'funded',
  },
  canceling: {
    PartialPaymentReceived: 'canceling',
    PaymentRequested: 'canceling',
    CancellationRefused: 'awaiting_payment',
    TradeCanceled: 'canceled',
    TradeExpired: 'expired',
    EscrowFunded: 'funded',
  },
  funded: {
    FundsConverted: 'converted',
    ChargebackOpened: 'funded',
    ChargebackAdjusted: 'funded',
    ChargebackWon: 'funded',
    ...besideAnswers('funded'),
    PaymentNoLongerNeeded: 'funded',
    ...besideParts('funded'),
  },
  converted: {
    ShipmentBooked: 'in_fulfilment',
    ShippingMissed: 'converted',
    ...besideHolding('converted'),
    ...besideChargebacks('converted'),
    ...besideRefunds('converted'),
    ...besideParts('converted'),
    ...besideDisputes('converted'),
  },
  in_fulfilment: {
    DeliveryConfirmed: 'delivered',
    ShippingMissed: 'in_fulfilment',
    ...besideHolding('in_fulfilment'),
    ...besideChargebacks('in_fulfilment'),
    ...besideRefunds('in_fulfilment'),
    ...besideParts('in_fulfilment'),
    ...besideDisputes('in_fulfilment'),
  },
  delivered: {
    DeliveryWithdrawn: 'in_fulfilment',
    ...besideHolding('delivered'),
    ...besideChargebacks('delivered'),
    ...besideRefunds('delivered'),
    ...besideParts('delivered'),
    ...besideDisputes('delivered'),
  },
  released: {
    MilestonePaid: 'released',
    MilestonePaymentReturned: 'released',
    TradeSettled: 'settled',
    DisputeClosed: 'released',
    ...besideAll('released'),
    ...besideRefunds('released'),
    ...besideChargebacks('released'),
    ...besideParts('released'),
  },
  settled: {
    MilestonePaymentReturned: 'released',
    // A later attempt's payment may be told before the return of the one that settled the trade.
    MilestonePaid: 'settled',
    ...besideAll('settled'),
    ...besideRefunds('settled'),
    ...besideChargebacks('settled'),
    ...besideParts('settled'),
  },
  canceled: besideParts('canceled'),
  expired: besideParts('expired'),
};
