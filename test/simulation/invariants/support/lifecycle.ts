import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { Edges } from './edges.ts';
import { ESCROW } from './edges-of-escrow.ts';
import { BATCH, BREAK, PAYOUT, PERIOD, SELLER, TREASURY } from './edges-of-money.ts';
import { SHIPMENT } from './edges-of-shipment.ts';
import { type EventType, nameOf } from './history.ts';
import { atEnd, note, nothingHeld, openClaims } from './holding.ts';

/** A block stands beside whatever else a trade, a payout or a seller's account is, and changes none of it. */
const BESIDE: ReadonlySet<EventType> = new Set<EventType>([
  ...(['FundsBlocked', 'BlockedFundsAdjusted', 'UnblockProposed', 'FundsUnblocked'] as const),
  ...(['PayoutBlocked', 'PayoutUnblocked', 'PayoutSentBeforeBlock'] as const),
  ...(['SellerTradeBlocked', 'SellerTradeUnblocked'] as const),
]);

/**
 * The reference model of the aggregates. It is written from docs/architecture.md and the events' own
 * descriptions.
 */
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
