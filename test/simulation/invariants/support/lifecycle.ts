import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';
import { type EventType, nameOf } from './history.ts';

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
  RefundSettled: status,
  SellerDebtIncurred: status,
});

/** A dispute goes its way beside the goods, too. */
const besideDisputes = (status: string): Partial<Record<EventType, string>> => ({
  DisputeOpened: status,
  DisputeProposed: status,
  DisputeEscalated: status,
  DisputeClosed: status,
  MilestoneReleased: status,
});

const ESCROW: Edges = {
  none: { TradeOpened: 'awaiting_payment' },
  awaiting_payment: {
    PaymentRequested: 'awaiting_payment',
    CancellationRequested: 'canceling',
    TradeCanceled: 'canceled',
    EscrowFunded: 'funded',
  },
  canceling: {
    PaymentRequested: 'canceling',
    CancellationRefused: 'awaiting_payment',
    TradeCanceled: 'canceled',
    TradeExpired: 'expired',
    EscrowFunded: 'funded',
  },
  funded: { FundsConverted: 'converted' },
  converted: {
    ShipmentBooked: 'in_fulfilment',
    ...besideRefunds('converted'),
    ...besideDisputes('converted'),
  },
  in_fulfilment: {
    DeliveryConfirmed: 'delivered',
    MilestoneReleased: 'in_fulfilment',
    MilestonePaid: 'in_fulfilment',
    ...besideRefunds('in_fulfilment'),
    ...besideDisputes('in_fulfilment'),
  },
  delivered: {
    DeliveryWithdrawn: 'in_fulfilment',
    MilestoneReleased: 'delivered',
    MilestonePaid: 'delivered',
    ...besideRefunds('delivered'),
    ...besideDisputes('delivered'),
  },
  released: { MilestonePaid: 'released', TradeSettled: 'settled', ...besideRefunds('released') },
  settled: besideRefunds('settled'),
  canceled: {},
  expired: {},
};

/** Papers and subscriptions go their way beside the parcel. */
const besideLabels = (status: string): Partial<Record<EventType, string>> => ({
  ParcelsLabeled: status,
  LabelVoidRequested: status,
  LabelVoided: status,
  LabelVoidRefused: status,
  TrackingSubscribed: status,
});

const SHIPMENT: Edges = {
  none: { ShipmentRequested: 'requested' },
  requested: { CarrierShipmentCreated: 'prepared', LabelRefused: 'refused' },
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
    SellerPayoutAllocated: 'none',
    SellerAllocationReleased: 'none',
    SellerCreditCarried: 'none',
    SellerPayoutWaiting: 'none',
    SellerPayoutResumed: 'none',
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

const EDGES: Readonly<Record<string, Edges>> = {
  escrow: ESCROW,
  shipment: SHIPMENT,
  payout: PAYOUT,
  seller: SELLER,
  batch: BATCH,
};

export type Walk = {
  /** Where the stream's events lead; `none` where there are none. */
  readonly status: string;
  /** The first event that may not stand where it stands. */
  readonly illegal: string | undefined;
};

/** What a trade still holds, by milestone, and what is on its way to the buyer. */
type Holding = {
  readonly left: Map<string, bigint>;
  readonly refunding: Set<string>;
  releases: number;
};

/** Walks a stream's events along the edges of its aggregate. */
export function walk(streamId: string, records: readonly TradelaneRecord[]): Walk {
  const { aggregate } = nameOf(streamId);
  const edges = EDGES[aggregate] ?? {};
  const holding: Holding = { left: new Map(), refunding: new Set(), releases: 0 };
  let status = 'none';
  for (const { events, sequence } of records) {
    for (const event of events) {
      const next = edges[status]?.[event.type];
      if (next === undefined) {
        return { status, illegal: `${event.type} at ${sequence} cannot follow ${status}` };
      }
      note(holding, event);
      const isEmptied = aggregate === 'escrow' && holding.left.size === 0 && HOLDING.has(next);
      status = isEmptied ? 'released' : next;
    }
  }
  return { status: atEnd(status, holding), illegal: undefined };
}

/** Statuses that a trade has only while it holds something. */
const HOLDING: ReadonlySet<string> = new Set(['converted', 'in_fulfilment', 'delivered']);

function note(holding: Holding, event: TradelaneEvent): void {
  const { left, refunding } = holding;
  switch (event.type) {
    case 'TradeOpened':
      for (const { milestoneId, amount } of event.milestones) {
        left.set(milestoneId, amount.amountMinor);
      }
      return;
    case 'MilestoneReleased':
      left.delete(event.milestoneId);
      holding.releases += 1;
      return;
    case 'RefundRequested':
      refunding.add(event.refundId);
      for (const { milestoneId, held } of event.parts) {
        const rest = (left.get(milestoneId) ?? 0n) - held.amountMinor;
        if (rest > 0n) left.set(milestoneId, rest);
        else left.delete(milestoneId);
      }
      return;
    case 'RefundSettled':
      refunding.delete(event.refundId);
      return;
    default:
  }
}

/** A trade that holds nothing any more is known by where its money went. */
function atEnd(status: string, { refunding, releases }: Holding): string {
  if (status !== 'released') return status;
  if (refunding.size > 0) return 'refunding';
  return releases > 0 ? 'released' : 'refunded';
}

/** A trade's status as the API and the lists show it; `none` where it was never opened. */
export function publicStatus(records: readonly TradelaneRecord[]): string {
  const { status } = walk('escrow#', records);
  return status === 'converted' ? 'funded' : status;
}
