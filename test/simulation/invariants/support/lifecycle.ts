import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import { type EventType, nameOf } from './history.ts';
import { atEnd, note, nothingHeld, openClaims } from './holding.ts';

/**
 * The reference model of the aggregates: which event may follow in which status, and where it
 * leads. It is written from docs/architecture.md and the events' own descriptions.
 */
type Edges = Readonly<Record<string, Partial<Record<EventType, string>>>>;

/** A refund goes its way beside the goods; what it leads to shows once nothing is held any more. */
const besideRefunds = (status: string): Partial<Record<EventType, string>> => ({
  RefundRequested: status,
  RefundValued: status,
  RefundSubmitted: status,
  RefundCredited: status,
  RefundSettled: status,
  RefundFailed: status,
  RefundRetried: status,
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

const ESCROW: Edges = {
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

/** Papers and subscriptions go their way beside the parcel. */
const besideLabels = (status: string): Partial<Record<EventType, string>> => ({
  ParcelsLabeled: status,
  LabelVoidRequested: status,
  LabelVoided: status,
  LabelVoidRefused: status,
  TrackingFlagged: status,
  TrackingSubscribed: status,
  PickupCancelRefused: status,
  PickupCancelRequested: status,
  PickupCanceled: status,
  PickupClaimed: status,
  PickupRefused: status,
  PickupRequested: status,
  PickupScheduled: status,
  PickupUncertain: status,
});

const SHIPMENT: Edges = {
  none: { ShipmentRequested: 'requested', ShipmentCalledOff: 'called_off' },
  called_off: {},
  requested: {
    ReturnRequested: 'requested',
    CarrierShipmentCreated: 'prepared',
    LabelRefused: 'refused',
  },
  prepared: {
    PurchaseClaimed: 'prepared',
    LabelPurchased: 'labeled',
    LabelRefused: 'refused',
  },
  refused: {},
  labeled: {
    TrackingUpdated: 'labeled',
    ShipmentDispatched: 'labeled',
    ...besideLabels('labeled'),
    CarrierAsked: 'labeled',
    ShipmentSilent: 'labeled',
    DeliveryReported: 'labeled',
    ShipmentDelivered: 'delivered',
  },
  delivered: {
    TrackingUpdated: 'delivered',
    ...besideLabels('delivered'),
    DeliveryProven: 'delivered',
    ShipmentDeliveryWithdrawn: 'labeled',
  },
};

const PAYOUT: Edges = {
  none: {
    PayoutRequested: 'requested',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  requested: {
    PayoutSubmitted: 'submitted',
    PayoutFailed: 'failed',
    PayoutLeftOver: 'requested',
  },
  submitted: { PayoutSettled: 'settled', PayoutFailed: 'failed' },
  settled: {
    CarriedPayoutsSettled: 'settled',
    PayoutReversed: 'settled',
    PayoutReturned: 'returned',
  },
  failed: {
    PayoutReissued: 'requested',
    PayoutRetryDeferred: 'failed',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  returned: {
    PayoutReissued: 'requested',
    PayoutRetryDeferred: 'returned',
    PayoutRolledForward: 'rolled_forward',
    PayoutSetOff: 'set_off',
  },
  rolled_forward: { PayoutPaidThrough: 'paid_through' },
  set_off: { CarriedPayoutsSettled: 'set_off' },
  paid_through: {},
};

/** A seller's account has no life of its own: any of its events may follow any other. */
const SELLER: Edges = {
  none: {
    SellerDebtRecorded: 'none',
    SellerDebtWrittenOff: 'none',
    SellerWriteOffProposed: 'none',
    SellerPayoutAllocated: 'none',
    SellerAllocationReleased: 'none',
    SellerCreditCarried: 'none',
    SellerPayoutWaiting: 'none',
    SellerPayoutResumed: 'none',
    TransferReversalRequested: 'none',
    TransferReversed: 'none',
    TransferReversalRefused: 'none',
    PayoutAccountRegistered: 'none',
    PayoutAccountImpaired: 'none',
    PayoutAccountRestored: 'none',
  },
};

const BATCH: Edges = {
  none: { PayoutInstructionAdded: 'open' },
  open: { PayoutInstructionAdded: 'open', PayoutBatchClosed: 'closed' },
  closed: {},
};

const TREASURY: Edges = {
  none: {
    ReceiptSuspended: 'suspended',
    RefundPaid: 'recorded',
    RefundReturned: 'recorded',
    OwnFundsMoved: 'recorded',
    PspPayoutReceived: 'recorded',
    PspPayoutAnnounced: 'announced',
    DifferenceTolerated: 'recorded',
    ReferenceTaken: 'taken',
  },
  announced: { PspPayoutAnnounced: 'announced', PspPayoutCalledOff: 'recorded' },
  taken: { PspPayoutReceived: 'recorded', RefundReturned: 'recorded' },
  suspended: { ReceiptIdentified: 'identified', ReceiptReleased: 'released' },
  released: { ReceiptSuspended: 'suspended' },
};

/** A break is worked on until it is resolved, for good. */
const BREAK: Edges = {
  none: { BreakRaised: 'open' },
  open: {
    BreakAssigned: 'open',
    BreakExplained: 'open',
    WriteOffProposed: 'proposed',
    BreakMatched: 'resolved',
    BreakWrittenOff: 'resolved',
    BreakSentBack: 'resolved',
    BreakCleared: 'resolved',
  },
  proposed: {
    BreakAssigned: 'proposed',
    BreakExplained: 'proposed',
    WriteOffDeclined: 'open',
    BreakMatched: 'resolved',
    BreakWrittenOff: 'resolved',
    BreakCleared: 'resolved',
  },
  resolved: {},
};

const PERIOD: Edges = {
  none: { PeriodSoftClosed: 'soft_closed' },
  soft_closed: { PeriodLocked: 'locked' },
  locked: { PeriodReopeningProposed: 'locked', PeriodReopened: 'none' },
};

/** A block stands beside whatever else a trade, a payout or a seller's account is, and changes none of it. */
const BESIDE: ReadonlySet<EventType> = new Set<EventType>([
  ...(['FundsBlocked', 'BlockedFundsAdjusted', 'UnblockProposed', 'FundsUnblocked'] as const),
  ...(['PayoutBlocked', 'PayoutUnblocked', 'PayoutSentBeforeBlock'] as const),
  ...(['SellerTradeBlocked', 'SellerTradeUnblocked'] as const),
]);

const EDGES: Readonly<Record<string, Edges>> = {
  escrow: ESCROW,
  shipment: SHIPMENT,
  payout: PAYOUT,
  seller: SELLER,
  batch: BATCH,
  treasury: TREASURY,
  break: BREAK,
  period: PERIOD,
};

export type Walk = {
  /** Where the stream's events lead; `none` where there are none. */
  readonly status: string;
  /** The first event that may not stand where it stands. */
  readonly illegal: string | undefined;
};

/** Where an event leads; undefined where it may not stand. A block may stand anywhere but before a trade. */
function nextOf(
  at: { readonly aggregate: string; readonly status: string; readonly goods: string },
  type: EventType,
): string | undefined {
  const { aggregate, status, goods } = at;
  if (BESIDE.has(type) && (aggregate !== 'escrow' || status !== 'none')) return goods;
  return EDGES[aggregate]?.[status]?.[type];
}

/** Walks a stream's events along the edges of its aggregate. */
export function walk(streamId: string, records: readonly TradelaneRecord[]): Walk {
  const { aggregate } = nameOf(streamId);
  const holding = nothingHeld();
  /** As the goods have it; a trade that holds nothing any more is `released`, whatever they do. */
  let goods = 'none';
  let status = 'none';
  for (const { events, sequence } of records) {
    for (const event of events) {
      const next = nextOf({ aggregate, status, goods }, event.type);
      if (next === undefined) {
        return { status, illegal: `${event.type} at ${sequence} cannot follow ${status}` };
      }
      note(holding, event);
      if (status !== 'released' || next !== status) goods = next;
      status = aggregate === 'escrow' ? heldAs(goods, holding) : goods;
    }
  }
  return { status: aggregate === 'escrow' ? atEnd(status, holding) : status, illegal: undefined };
}

/** Statuses that a trade has only while it holds something. */
const HOLDING: ReadonlySet<string> = new Set(['converted', 'in_fulfilment', 'delivered']);

const heldAs = (goods: string, { left }: ReturnType<typeof nothingHeld>): string =>
  left.size === 0 && HOLDING.has(goods) ? 'released' : goods;

/** A trade's status as the API and the lists show it; `none` where it was never opened. */
export function publicStatus(records: readonly TradelaneRecord[]): string {
  const { status } = walk('escrow#', records);
  const { charged, disputed } = openClaims(records);
  if (charged.size > 0) return 'charged_back';
  if (disputed.size > 0) return 'disputed';
  return status === 'converted' ? 'funded' : status;
}
