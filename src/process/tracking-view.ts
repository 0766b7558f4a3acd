import type { TradelaneEvent } from '../../events/index.ts';
import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import { decideEscrow } from '../escrow/decide.ts';
import { undisputedMilestones } from '../escrow/holdings.ts';
import { isFunded, type Refund } from '../escrow/state.ts';
import { publicStatus } from '../escrow/status.ts';
import { type Money, sum } from '../money/money.ts';
import type { EventRecord } from '../platform/event-store.ts';
import type { ShipmentState } from '../shipment/shipment.ts';
import { foldShipment } from '../tracking/fold-shipment.ts';
import type { TrackingFlag } from '../tracking/status.ts';
import { type TimeQuality, timeQualityOf } from '../tracking/time-quality.ts';
import { type Next, nextOf } from './next-step.ts';
import { presentParts, type TradeHistory } from './trade-view.ts';

/** A trade's status as its buyer sees it. */
export type PublicStatus = Exclude<ReturnType<typeof publicStatus>, 'not_opened'>;

/** The events that a buyer is told of. */
const timelineKinds = {
  TradeOpened: 'opened',
  PartialPaymentReceived: 'partPaid',
  EscrowFunded: 'paid',
  ShipmentBooked: 'booked',
  ShipmentDispatched: 'dispatched',
  ShipmentDelivered: 'delivered',
  ShipmentDeliveryWithdrawn: 'deliveryWithdrawn',
  DocumentPresented: 'documentPresented',
  MilestoneReleased: 'released',
  RefundRequested: 'refundRequested',
  RefundSettled: 'refundSettled',
  RefundFailed: 'refundFailed',
  DisputeOpened: 'disputeOpened',
  DisputeEscalated: 'disputeEscalated',
  DisputeClosed: 'disputeClosed',
  ChargebackOpened: 'bankDisputeOpened',
  ChargebackWon: 'bankDisputeClosed',
  ChargebackLost: 'bankDisputeClosed',
  TradeCanceled: 'canceled',
  TradeExpired: 'expired',
  ShippingMissed: 'shippingMissed',
  DutiesPaid: 'dutiesPaid',
  TradeSettled: 'settled',
} as const satisfies Partial<Record<TradelaneEvent['type'], string>>;

export type TimelineKind = (typeof timelineKinds)[keyof typeof timelineKinds];

export type Refunding = 'pending' | 'done' | 'delayed';

export type Scan = {
  readonly status: TrackingStatus;
  readonly at: string;
  readonly timeQuality: TimeQuality;
  readonly city?: string | undefined;
  readonly country?: string | undefined;
};

/** What a buyer should know of a parcel beside its status; a contradiction is told on its own. */
const parcelNotes = [
  'unmapped',
  'stale',
  'post_terminal_activity',
  'unconfirmed',
  'recycled',
] as const satisfies readonly TrackingFlag[];
export type ParcelNote = (typeof parcelNotes)[number];

/**
 * A trade as its buyer sees it. Of the parties there are the countries, of the parcels the places
 * where they were scanned: who anybody is stays in the vault.
 */
export type TrackingView = {
  readonly tradeId: string;
  /** The length of the trade's own stream: what somebody decides on is this state of it. */
  readonly version: number;
  readonly reference?: string | undefined;
  readonly status: PublicStatus;
  readonly next: Next;
  readonly price: Money;
  /** What has come of a payment that is not whole yet. */
  readonly partly: { readonly received: Money; readonly remaining: Money } | null;
  readonly from: string;
  readonly to: string;
  readonly items: readonly { readonly description: string; readonly quantity: number }[];
  readonly parcels: readonly {
    readonly carrier: string;
    readonly trackingNumber: string;
    readonly status: TrackingStatus;
    /** True where the carrier contradicts itself: no money moves on what it says. */
    readonly isInDoubt: boolean;
    readonly notes: readonly ParcelNote[];
    /** The newest first. */
    readonly scans: readonly Scan[];
  }[];
  /** The newest first. */
  readonly timeline: readonly { readonly kind: TimelineKind; readonly at: string }[];
  readonly refunds: readonly { readonly amount: Money; readonly state: Refunding }[];
  /** What accepting would pay the seller, and whether the carrier has not delivered yet. */
  readonly acceptable: { readonly amount: Money; readonly early: boolean } | null;
  /** The milestones that can be disputed, with what is left of each. */
  readonly disputable: readonly { readonly milestoneId: string; readonly amount: Money }[];
};

/** The view of a trade at an instant; what the buyer may do is asked of the decider itself. */
export function trackingView(history: TradeHistory, at: string): TrackingView {
  const { escrow, shipments, records } = history;
  const { terms } = escrow;
  return {
    tradeId: terms.tradeId,
    version: versionOf(history),
    reference: terms.reference,
    status: publicStatus(escrow) as PublicStatus,
    next: nextOf(escrow),
    price: terms.quote.sell,
    partly: presentParts(escrow).partiallyFunded ?? null,
    from: terms.seller.country,
    to: terms.buyer.country,
    items: terms.items.map(({ description, quantity }) => ({ description, quantity })),
    parcels: shipments.flatMap(({ state }) => parcelsOf(state)),
    timeline: timelineOf(records),
    refunds: isFunded(escrow) ? escrow.refunds.flatMap(refundOf) : [],
    acceptable: acceptableOf(escrow, at),
    disputable: disputableOf(escrow, at),
  };
}

/** Each parcel with its own scans and what was told of all of them; one where the label has but one. */
function parcelsOf(state: ShipmentState): TrackingView['parcels'] {
  if (state.status !== 'labeled') return [];
  const { label, parcels, scans, trackingStatus: status, trackingFlags: flags } = state;
  const { carrier, trackingNumber } = label;
  if (parcels.length === 0) {
    return [{ carrier, trackingNumber, status, ...toldBy(flags), scans: scansOf(scans) }];
  }
  return parcels.map((parcel) => {
    const own = scans.filter((scan) => scan.parcel === parcel.trackingNumber);
    const common = scans.filter((scan) => scan.parcel === undefined);
    // A parcel that was never scanned is waited for, whatever ended for all of them.
    const parcelCount = own.length === 0 ? 2 : 1;
    const told = foldShipment([...common, ...own], { parcelCount });
    return {
      ...{ carrier, trackingNumber: parcel.trackingNumber, status: told.status },
      ...toldBy([...told.flags, ...flags.filter((flag) => ofShipment(flag, told.status))]),
      scans: scansOf([...common, ...own]),
    };
  });
}

const toldBy = (flags: readonly string[]) => ({
  isInDoubt: flags.includes('provider_conflict'),
  notes: parcelNotes.filter((note) => flags.includes(note)),
});

/** What only the whole shipment is known by: that a number was used before, and doubts of a delivery. */
const ofShipment = (flag: string, status: TrackingStatus): boolean =>
  flag === 'recycled' ||
  (status === 'delivered' && (flag === 'provider_conflict' || flag === 'unconfirmed'));

/** The provider's own summary is evidence, not a scan that people would look for. */
const scansOf = (scans: readonly TrackingEvent[]): readonly Scan[] =>
  scans
    .filter(({ synthetic }) => synthetic !== true)
    .map(({ status, occurredAt, timeZoneKnown, place }) => ({
      status,
      at: occurredAt,
      timeQuality: timeQualityOf({ occurredAt, timeZoneKnown }),
      city: place?.city,
      country: place?.country,
    }))
    .toSorted(byTimeDescending);

/** How many records the trade's own stream has. */
const versionOf = ({ escrow, records }: TradeHistory): number =>
  records.filter(({ streamId }) => streamId === `escrow#${escrow.terms.tradeId}`).length;

type Opened = TradeHistory['escrow'];

function acceptableOf(escrow: Opened, at: string): TrackingView['acceptable'] {
  if (!isFunded(escrow)) return null;
  const decision = decideEscrow({ type: 'AcceptGoods', evidenceSha256: '', at }, escrow);
  if (decision.kind !== 'decided' || decision.events.length === 0) return null;
  const amounts = undisputedMilestones(escrow).map(({ remaining }) => remaining);
  return {
    amount: sum(escrow.terms.amount.currency, amounts),
    early: escrow.status !== 'delivered',
  };
}

function disputableOf(escrow: Opened, at: string): TrackingView['disputable'] {
  if (!isFunded(escrow)) return [];
  const decision = decideEscrow(
    {
      type: 'OpenDispute',
      disputeId: '',
      milestoneIds: null,
      reason: 'other',
      evidenceSha256: null,
      at,
    },
    escrow,
  );
  return decision.kind === 'decided'
    ? undisputedMilestones(escrow).map(({ milestoneId, remaining }) => ({
        milestoneId,
        amount: remaining,
      }))
    : [];
}

/** A refund that was called off is none. */
function refundOf({ amount, status }: Refund): TrackingView['refunds'] {
  if (status === 'canceled') return [];
  if (status === 'settled') return [{ amount, state: 'done' }];
  return [{ amount, state: status === 'failed' ? 'delayed' : 'pending' }];
}

const isTold = (type: string): type is keyof typeof timelineKinds =>
  Object.hasOwn(timelineKinds, type);

/** One decision may say the same of several milestones; it is told once. */
function timelineOf(records: readonly EventRecord<TradelaneEvent>[]): TrackingView['timeline'] {
  return records
    .flatMap(({ events, recordedAt }) => {
      const told = new Map<TimelineKind, string>();
      for (const event of events) {
        if (isTold(event.type)) told.set(timelineKinds[event.type], happenedAt(event, recordedAt));
      }
      return [...told].map(([kind, at]) => ({ kind, at }));
    })
    .toSorted(byTimeDescending);
}

/** When the carrier had the goods or delivered them, not when we learned of it. */
function happenedAt(event: TradelaneEvent, recordedAt: string): string {
  if (event.type === 'ShipmentDispatched') return event.dispatchedAt;
  return event.type === 'ShipmentDelivered' ? event.deliveredAt : recordedAt;
}

const byTimeDescending = (left: { readonly at: string }, right: { readonly at: string }): number =>
  Date.parse(right.at) - Date.parse(left.at);
