import type { ShipmentEvent } from '../../events/index.ts';
import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import { type Decision, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { ProofOfDelivery } from './ports.ts';
import type { LabeledShipment, ShipmentState } from './shipment.ts';

/** What a fold over all known scans says, and which of them are new. */
export type TrackingResult = {
  readonly status: TrackingStatus;
  /** In alphabetical order. */
  readonly flags: readonly string[];
  readonly newScans: readonly TrackingEvent[];
  /** True where all that came was scanned before the label, under the number's earlier use. */
  readonly isRecycled?: boolean;
  /** When the parcel was delivered, and the hash of the scans that say so; null unless delivered. */
  readonly delivery: { readonly deliveredAt: string; readonly evidenceSha256: string } | null;
};

/** Scans that a carrier told. A delivery that they report counts at `stableAt`; without it, at once. */
export type RecordScans = {
  readonly type: 'RecordScans';
  readonly tracking: TrackingResult;
  readonly stableAt?: string | undefined;
};

/** What a carrier answered when it was asked about a silent parcel. */
export type RecordAnswer = Omit<RecordScans, 'type'> & {
  readonly type: 'RecordAnswer';
  readonly askedAt: string;
  readonly silentSince: string;
  readonly nextAskAt?: string | undefined;
  /** True where a person must know how long nothing was heard. */
  readonly isOverdue: boolean;
};

/** A reported delivery has stood until `dueAt`; the carrier was asked once more. */
export type ConfirmDelivery = {
  readonly type: 'ConfirmDelivery';
  readonly tracking: TrackingResult;
  readonly dueAt: string;
  readonly proof?: ProofOfDelivery | undefined;
  readonly seenAt: string;
};

/** What a label, or nothing that we know, says: the carrier does not have the parcel. */
const NOT_HANDLED: ReadonlySet<TrackingStatus> = new Set(['unknown', 'label_created', 'cancelled']);

/** When the carrier first had the parcel, by these scans; undefined where it did not. */
export const firstHandled = (scans: readonly TrackingEvent[]): string | undefined =>
  scans
    .filter(({ status }) => !NOT_HANDLED.has(status))
    .map(({ occurredAt }) => occurredAt)
    .sort()[0];

export function recordScans(
  { tracking, stableAt }: RecordScans,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled') {
    return tooEarly('shipment.no_label', `Scans arrived for a shipment that is ${state.status}.`);
  }
  if (tracking.isRecycled === true) {
    return rejected(
      'shipment.recycled_number',
      `Scans from before the label of ${state.label.trackerId}: its number was used before.`,
    );
  }
  if (tracking.newScans.length === 0) return nothing;
  return {
    kind: 'decided',
    events: [...updates(tracking, state), ...turns(tracking, state, stableAt)],
  };
}

/**
 * An answer without news counts as a question in vain. It may raise a flag all the same, or end the
 * doubts of a delivery that was known.
 */
export function recordAnswer(
  { type: _, tracking, stableAt, isOverdue, ...ask }: RecordAnswer,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled') return nothing;
  if (tracking.newScans.length > 0) {
    return recordScans({ type: 'RecordScans', tracking, stableAt }, state);
  }
  if (state.delivered || state.reported !== null) return nothing;
  const flagged = flags(tracking, state);
  if (flagged.length > 0 && tracking.delivery !== null) {
    return { kind: 'decided', events: [...flagged, ...turns(tracking, state, stableAt)] };
  }
  const { shipmentId, tradeId } = state.order;
  const { nextAskAt, ...asked } = ask;
  const events: ShipmentEvent[] = [
    ...flagged,
    {
      type: 'CarrierAsked',
      version: 1,
      shipmentId,
      tradeId,
      ...asked,
      asks: (state.asked?.asks ?? 0) + 1,
      ...(nextAskAt === undefined ? {} : { nextAskAt }),
    },
  ];
  if (isOverdue && !state.isOverdue) {
    const { silentSince } = ask;
    events.push({ type: 'ShipmentSilent', version: 1, shipmentId, tradeId, silentSince });
  }
  return { kind: 'decided', events };
}

/**
 * A delivery that has stood for the whole window counts. Where a later report took its place, that
 * one has a time of its own; where it does not stand any more, there is nothing to confirm.
 */
export function confirmDelivery(
  { tracking, dueAt, proof, seenAt }: ConfirmDelivery,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled' || state.reported === null) return nothing;
  if (state.reported.stableAt > dueAt) return nothing;
  const { shipmentId, tradeId } = state.order;
  const { delivery, newScans } = tracking;
  const news = newScans.length === 0 ? flags(tracking, state) : updates(tracking, state);
  if (delivery === null) return { kind: 'decided', events: news };
  const proven: ShipmentEvent[] =
    proof === undefined
      ? []
      : [
          {
            ...{ type: 'DeliveryProven', version: 1, shipmentId, tradeId },
            ...{ provider: state.label.provider, ...proof, seenAt },
          },
        ];
  return {
    kind: 'decided',
    events: [
      ...news,
      { type: 'ShipmentDelivered', version: 1, shipmentId, tradeId, ...delivery },
      ...proven,
    ],
  };
}

/** The flags that stand without a new scan, where they are others than before. */
function flags(
  { status, flags: raised }: TrackingResult,
  { order: { shipmentId, tradeId }, trackingFlags }: LabeledShipment,
): ShipmentEvent[] {
  const isSame = raised.join() === trackingFlags.join();
  const named = { type: 'TrackingFlagged', version: 1, shipmentId, tradeId } as const;
  return isSame ? [] : [{ ...named, status, flags: [...raised] }];
}

/** What the scans say of the way: where the parcel is, and that the carrier has it. */
function updates(
  { status, flags: raised, newScans }: TrackingResult,
  { order: { shipmentId, tradeId }, scans }: LabeledShipment,
): ShipmentEvent[] {
  const dispatchedAt = firstHandled(newScans);
  const isFirst = dispatchedAt !== undefined && firstHandled(scans) === undefined;
  return [
    {
      type: 'TrackingUpdated',
      version: 1,
      status,
      scans: [...newScans],
      ...(raised.length === 0 ? {} : { flags: [...raised] }),
    },
    ...(isFirst
      ? [{ type: 'ShipmentDispatched', version: 1, shipmentId, tradeId, dispatchedAt } as const]
      : []),
  ];
}

/** Delivery counts on first entry: the event is appended once for each time the state is entered. */
function turns(
  { status, delivery }: TrackingResult,
  { order: { shipmentId, tradeId }, delivered, reported }: LabeledShipment,
  stableAt: string | undefined,
): ShipmentEvent[] {
  if (delivery === null) {
    return delivered
      ? [{ type: 'ShipmentDeliveryWithdrawn', version: 1, shipmentId, tradeId, status }]
      : [];
  }
  if (delivered || reported !== null) return [];
  return stableAt === undefined
    ? [{ type: 'ShipmentDelivered', version: 1, shipmentId, tradeId, ...delivery }]
    : [{ type: 'DeliveryReported', version: 1, shipmentId, tradeId, ...delivery, stableAt }];
}
