import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';
import { type EventType, nameOf } from './history.ts';

/**
 * The reference model of the three aggregates: which event may follow in which status, and where it
 * leads. It is written from docs/architecture.md and the events' own descriptions.
 */
type Edges = Readonly<Record<string, Partial<Record<EventType, string>>>>;

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
  converted: { ShipmentBooked: 'in_fulfilment' },
  in_fulfilment: {
    DeliveryConfirmed: 'delivered',
    MilestoneReleased: 'in_fulfilment',
    MilestonePaid: 'in_fulfilment',
  },
  delivered: {
    DeliveryWithdrawn: 'in_fulfilment',
    MilestoneReleased: 'delivered',
    MilestonePaid: 'delivered',
  },
  released: { MilestonePaid: 'released', TradeSettled: 'settled' },
  settled: {},
  canceled: {},
  expired: {},
};

const SHIPMENT: Edges = {
  none: { ShipmentRequested: 'requested' },
  requested: { CarrierShipmentCreated: 'prepared', LabelRefused: 'refused' },
  prepared: { LabelPurchased: 'labeled', LabelRefused: 'refused' },
  refused: {},
  labeled: {
    TrackingUpdated: 'labeled',
    ShipmentDispatched: 'labeled',
    ShipmentDelivered: 'delivered',
  },
  delivered: { TrackingUpdated: 'delivered', ShipmentDeliveryWithdrawn: 'labeled' },
};

const PAYOUT: Edges = {
  none: { PayoutRequested: 'requested' },
  requested: { PayoutSubmitted: 'submitted' },
  submitted: { PayoutSettled: 'settled' },
  settled: {},
};

const EDGES: Readonly<Record<string, Edges>> = {
  escrow: ESCROW,
  shipment: SHIPMENT,
  payout: PAYOUT,
};

export type Walk = {
  /** Where the stream's events lead; `none` where there are none. */
  readonly status: string;
  /** The first event that may not stand where it stands. */
  readonly illegal: string | undefined;
};

/** Walks a stream's events along the edges of its aggregate. */
export function walk(streamId: string, records: readonly TradelaneRecord[]): Walk {
  const edges = EDGES[nameOf(streamId).aggregate] ?? {};
  let status = 'none';
  let openMilestones = 0;
  for (const { events, sequence } of records) {
    for (const event of events) {
      const next = edges[status]?.[event.type];
      if (next === undefined) {
        return { status, illegal: `${event.type} at ${sequence} cannot follow ${status}` };
      }
      openMilestones += milestonesOpenedBy(event);
      status = event.type === 'MilestoneReleased' && openMilestones === 0 ? 'released' : next;
    }
  }
  return { status, illegal: undefined };
}

/** How many milestones more wait for their release after an event. */
function milestonesOpenedBy(event: TradelaneEvent): number {
  if (event.type === 'TradeOpened') return event.milestones.length;
  return event.type === 'MilestoneReleased' ? -1 : 0;
}

/** A trade's status as the API and the lists show it; `none` where it was never opened. */
export function publicStatus(records: readonly TradelaneRecord[]): string {
  const { status } = walk('escrow#', records);
  return status === 'converted' ? 'funded' : status;
}
