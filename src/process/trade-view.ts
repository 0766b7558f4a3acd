import type {
  EscrowEvent,
  PayoutEvent,
  ShipmentEvent,
  TradelaneEvent,
} from '../../events/index.ts';
import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import { heldEvidence } from '../escrow/chargeback-evidence.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import { partsTotal } from '../escrow/evolve-parts.ts';
import { disputedIds, lastAttemptOf, openMilestones } from '../escrow/holdings.ts';
import {
  type Chargeback,
  canRefund,
  type Duty,
  type EscrowState,
  type FundedState,
  isFunded,
  type Refund,
} from '../escrow/state.ts';
import { publicStatus } from '../escrow/status.ts';
import { balancesOf } from '../ledger/balances.ts';
import { type Money, subtract } from '../money/money.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import {
  escrowStream,
  payoutIdFor,
  payoutStream,
  returnShipmentIdFor,
  shipmentIdFor,
  shipmentStream,
} from '../platform/ids.ts';
import { type PayoutState, payoutEvolution } from '../settlement/payout-state.ts';
import { type ShipmentState, shipmentEvolution } from '../shipment/shipment.ts';
import type { CustomsView } from './goods-declaration.ts';
import { presentPayout } from './payout-view.ts';
import { presentShipment } from './shipment-view.ts';

export type TradeStores = {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly shipments: Pick<EventStore<ShipmentEvent>, 'load'>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
};

type OpenedState = Exclude<EscrowState, { status: 'not_opened' }>;

/** Everything that is known of one trade, read from its streams and so never behind them. */
export type TradeHistory = {
  readonly escrow: OpenedState;
  readonly shipments: readonly { readonly shipmentId: string; readonly state: ShipmentState }[];
  /** Goods on their way back, by the dispute for which they go. */
  readonly returns: readonly {
    readonly disputeId: string;
    readonly shipmentId: string;
    readonly state: ShipmentState;
  }[];
  readonly payouts: readonly { readonly payoutId: string; readonly state: PayoutState }[];
  readonly records: readonly EventRecord<TradelaneEvent>[];
};

type TradeQuery = { readonly tradeId: string; readonly marketplaceId?: string };

/** A trade's own stream, for whoever needs to know only that it is there and whose; as `readTrade`. */
export async function readEscrow(
  { escrows }: Pick<TradeStores, 'escrows'>,
  { tradeId, marketplaceId }: TradeQuery,
): Promise<
  | { readonly escrow: OpenedState; readonly records: readonly EventRecord<EscrowEvent>[] }
  | undefined
> {
  const records = await escrows.load(escrowStream(tradeId));
  const escrow = fold(escrowEvolution, records);
  if (escrow.status === 'not_opened') return undefined;
  if (marketplaceId !== undefined && escrow.terms.marketplaceId !== marketplaceId) return undefined;
  return { escrow, records };
}

/**
 * Reads a trade; undefined if there is none, or if it belongs to another marketplace than the one
 * that asks. Whoever asks by a link to the trade itself names none.
 */
export async function readTrade(
  stores: TradeStores,
  query: TradeQuery,
): Promise<TradeHistory | undefined> {
  const { tradeId } = query;
  const own = await readEscrow(stores, query);
  if (own === undefined) return undefined;
  const { escrow, records: escrowRecords } = own;

  const shipmentId = shipmentIdFor(tradeId, 1);
  const shipmentRecords = await stores.shipments.load(shipmentStream(shipmentId));
  const disputes = isFunded(escrow) ? escrow.disputes : [];
  const returns = await Promise.all(
    disputes.map(async ({ disputeId }) => {
      const returnId = returnShipmentIdFor(disputeId);
      const records = await stores.shipments.load(shipmentStream(returnId));
      return { disputeId, shipmentId: returnId, records };
    }),
  );
  const payouts = await Promise.all(
    escrow.terms.milestones.map(async ({ milestoneId }) => {
      const payoutId = payoutIdFor(tradeId, milestoneId);
      return { payoutId, records: await stores.payouts.load(payoutStream(payoutId)) };
    }),
  );
  return {
    escrow,
    shipments:
      shipmentRecords.length === 0
        ? []
        : [{ shipmentId, state: fold(shipmentEvolution, shipmentRecords) }],
    returns: returns
      .filter(({ records }) => records.length > 0)
      .map(({ records, ...one }) => ({ ...one, state: fold(shipmentEvolution, records) })),
    payouts: payouts
      .filter(({ records }) => records.length > 0)
      .map(({ payoutId, records }) => ({ payoutId, state: fold(payoutEvolution, records) })),
    records: [
      ...escrowRecords,
      ...shipmentRecords,
      ...returns.flatMap(({ records }) => records),
      ...payouts.flatMap(({ records }) => records),
    ].sort(byTime),
  };
}

/** Streams are independent; equal times keep the order in which the streams were read. */
const byTime = (left: EventRecord<TradelaneEvent>, right: EventRecord<TradelaneEvent>): number =>
  left.recordedAt < right.recordedAt ? -1 : Number(left.recordedAt > right.recordedAt);

/** What is no part of the trade itself: where people see it, and what a deployment says of customs. */
export type TradeExtras = { readonly trackingUrl?: string; readonly customs?: CustomsView };

/** The answer of `GET /v1/trades/{tradeId}`. Amounts are decimal strings of minor units in JSON. */
export const presentTrade = (history: TradeHistory, extras: TradeExtras = {}) => {
  const { escrow, shipments, returns, payouts, records } = history;
  const { terms } = escrow;
  return {
    id: terms.tradeId,
    status: publicStatus(escrow),
    ...extras,
    ...(terms.reference === undefined ? {} : { reference: terms.reference }),
    amount: terms.amount,
    payIn: terms.quote.sell,
    incoterm: terms.incoterm,
    ...(terms.dutyEstimate === undefined ? {} : { dutyEstimate: terms.dutyEstimate }),
    lineItems: terms.items,
    parties: {
      buyer: terms.buyer,
      seller: terms.seller,
    },
    payBy: terms.payBy,
    quote: presentQuote(terms),
    milestones: terms.milestones.map((milestone) => ({
      ...milestone,
      status: milestoneStatus(escrow, milestone.milestoneId),
    })),
    ...(isFunded(escrow) && escrow.delivery !== null
      ? { inspectionEndsAt: escrow.delivery.inspectionEndsAt }
      : {}),
    ...(isFunded(escrow) && escrow.payment.availableOn !== undefined
      ? { availableOn: escrow.payment.availableOn }
      : {}),
    ...presentParts(escrow),
    ...(escrow.block === undefined ? {} : { onHold: true }),
    refunds: canRefund(escrow) ? escrow.refunds.map(presentRefund) : [],
    duties: isFunded(escrow) ? escrow.duties.map(presentDuty) : [],
    disputes: isFunded(escrow) ? escrow.disputes : [],
    chargebacks: isFunded(escrow)
      ? escrow.chargebacks.map((chargeback) => presentChargeback(escrow, chargeback))
      : [],
    shipments: shipments.map(({ shipmentId, state }) => presentShipment(shipmentId, state)),
    returns: returns.map(({ disputeId, shipmentId, state }) => ({
      disputeId,
      ...presentShipment(shipmentId, state),
    })),
    payouts: payouts.map(({ payoutId, state }) => presentPayout(payoutId, state)),
    timeline: records.flatMap(({ events, recordedAt, streamId, sequence }) =>
      events
        .filter(({ type }) => !isOfBlock(type))
        .map(({ type }) => ({ type, at: recordedAt, stream: streamId, sequence })),
    ),
    money: balancesOf(records.flatMap(({ journal }) => journal.filter(isShown))),
  };
};

const OF_BLOCKS: readonly TradelaneEvent['type'][] = [
  ...(['FundsBlocked', 'BlockedFundsAdjusted', 'UnblockProposed', 'FundsUnblocked'] as const),
  ...(['PayoutBlocked', 'PayoutUnblocked', 'PayoutSentBeforeBlock'] as const),
];

/** Why a trade is on hold is told to nobody but those who may know: it shows as money that is held. */
const isOfBlock = (type: TradelaneEvent['type']): boolean => OF_BLOCKS.includes(type);

const isShown = ({ kind }: JournalEntry): boolean =>
  kind !== 'funds_blocked' && kind !== 'funds_unblocked';

export type TradeView = ReturnType<typeof presentTrade>;

const presentQuote = ({ quote }: OpenedState['terms']) => ({
  id: quote.id,
  sell: quote.sell,
  buy: quote.buy,
  reference: { source: quote.reference.source, rateDate: quote.reference.rateDate },
  mid: quote.mid,
  client: quote.client,
  marginBasisPoints: quote.marginBasisPoints,
  lockPremiumBasisPoints: quote.lockPremiumBasisPoints,
  spread: quote.spread,
  ...(quote.lock === undefined ? {} : { lock: quote.lock }),
  ...(quote.stale === undefined ? {} : { stale: quote.stale }),
  createdAt: quote.createdAt,
  expiresAt: quote.expiresAt,
});

/** How far a payment has come that is not whole yet, by whichever way. */
export function presentParts(escrow: OpenedState): {
  readonly partiallyFunded?: { readonly received: Money; readonly remaining: Money };
} {
  if (escrow.status !== 'awaiting_payment' && escrow.status !== 'canceling') return {};
  const received = partsTotal(escrow.parts);
  if (received.amountMinor === 0n) return {};
  const remaining = subtract(escrow.terms.quote.sell, received);
  return { partiallyFunded: { received, remaining } };
}

function milestoneStatus(
  escrow: OpenedState,
  milestoneId: string,
): 'pending' | 'released' | 'paid' | 'returned' | 'refunded' | 'disputed' {
  if (!isFunded(escrow)) return 'pending';
  if (escrow.paidMilestoneIds.includes(milestoneId)) return 'paid';
  if (lastAttemptOf(escrow, milestoneId) > 0) return 'returned';
  const released = escrow.releases.some((release) => release.milestoneId === milestoneId);
  if (released) return 'released';
  if (disputedIds(escrow).has(milestoneId)) return 'disputed';
  const isOpen = openMilestones(escrow).some((open) => open.milestoneId === milestoneId);
  return isOpen || !escrow.converted ? 'pending' : 'refunded';
}

const presentDuty = ({ dutyId, amount, paid }: Duty) => ({ id: dutyId, amount, paid });

/** Where the bank waits for an answer: until when, and what we hold that would go with it. */
function presentChargeback(escrow: FundedState, chargeback: Chargeback) {
  const { chargebackId, status, amount, evidenceDueBy, answer, noticed, isInquiry } = chargeback;
  const isAsked = status === 'open' && answer === null;
  return {
    id: chargebackId,
    status,
    amount,
    ...(isInquiry && status === 'open' ? { inquiry: true } : {}),
    ...(evidenceDueBy === null ? {} : { evidenceDueBy }),
    ...(noticed === 'missed' ? { unanswered: true } : {}),
    ...(answer === null ? {} : { response: { kind: answer.response, status: answer.status } }),
    ...(isAsked ? { evidence: heldEvidence(escrow) } : {}),
  };
}

const presentRefund = ({
  refundId,
  status,
  amount,
  reason,
  attempt,
  providerRefundId,
}: Refund) => ({
  id: refundId,
  status: status === 'valued' ? 'requested' : status === 'credited' ? 'submitted' : status,
  amount,
  reason,
  attempt,
  ...(providerRefundId === null ? {} : { providerRefundId }),
});
