import type { ShipmentEvent } from '../../events/index.ts';
import type { LabelPurchased } from '../../events/shipment/label-purchased.v1.ts';
import type { ParcelsLabeled } from '../../events/shipment/parcels-labeled.v1.ts';
import type { ShipmentRequested } from '../../events/shipment/shipment-requested.v1.ts';
import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';
import { isDelivery, withNews } from './delivery.ts';
import { evolvePickups, type Pickup } from './pickup.ts';

export type ShipmentOrder = Omit<ShipmentRequested, 'type' | 'version'>;
export type LabeledParcel = ParcelsLabeled['parcels'][number];
export type Label = Omit<LabelPurchased, 'type' | 'version' | 'shipmentId' | 'tradeId'>;

/**
 * A shipment's life: intended, known to the carrier, labeled and tracked, or refused.
 * `trackingStatus` is the fold over `scans`, as it was when the last of them was recorded.
 */
export type ShipmentState =
  | { readonly status: 'not_requested' }
  /** The money went back before anything was ordered. */
  | { readonly status: 'called_off' }
  | {
      readonly status: 'requested';
      readonly order: ShipmentOrder;
      /** The dispute for which these goods go back; absent for goods on their way to the buyer. */
      readonly disputeId?: string;
    }
  | {
      readonly status: 'prepared';
      readonly order: ShipmentOrder;
      readonly carrierShipmentId: string;
      /** Who is buying, at a carrier that would sell twice; null while nobody is. */
      readonly claim: { readonly attempt: number; readonly claimedAt: string } | null;
    }
  | {
      readonly status: 'refused';
      readonly order: ShipmentOrder;
      readonly code: string;
      /** What of the order the carrier complains of, where it says so. */
      readonly fields?: readonly string[];
    }
  | {
      readonly status: 'labeled';
      readonly order: ShipmentOrder;
      readonly label: Label;
      /** The parcels under the label, where there are several; none where there is one. */
      readonly parcels: readonly LabeledParcel[];
      readonly trackingStatus: TrackingStatus;
      readonly trackingFlags: readonly string[];
      /** True while a delivery stands that was told to the escrow. */
      readonly delivered: boolean;
      /** What became of giving the label back; null while nobody wants that. */
      readonly voiding: 'requested' | 'voided' | 'refused' | null;
      /** When its carrier was ordered to come for it, in the order of the requests. */
      readonly pickups: readonly Pickup[];
      /** Who pushes what it learns, by provider, and when that must be renewed. */
      readonly subscriptions: Readonly<Record<string, { readonly renewAt?: string | undefined }>>;
      /** A delivery that the carrier reported and that has not stood long enough; null without one. */
      readonly reported: { readonly stableAt: string } | null;
      /** Questions in vain since the last news; null where none was asked. */
      readonly asked: { readonly asks: number; readonly askedAt: string } | null;
      /** True from when a person was told of the silence, until news come. */
      readonly isOverdue: boolean;
      readonly scans: readonly TrackingEvent[];
    };

function expectStatus<S extends ShipmentState['status']>(
  state: ShipmentState,
  event: ShipmentEvent,
  ...allowed: readonly S[]
): Extract<ShipmentState, { status: S }> {
  assertInvariant(
    (allowed as readonly string[]).includes(state.status),
    'shipment.illegal_history',
    `${event.type} cannot follow ${state.status}.`,
  );
  return state as Extract<ShipmentState, { status: S }>;
}

/** A delivery is told once for each time it is entered, and withdrawn only where it stands. */
function expectDelivered(
  state: ShipmentState,
  event: ShipmentEvent,
  delivered: boolean,
): Extract<ShipmentState, { status: 'labeled' }> {
  const labeled = expectStatus(state, event, 'labeled');
  assertInvariant(
    labeled.delivered === delivered,
    'shipment.illegal_history',
    `${event.type} cannot follow ${labeled.delivered ? 'a delivery' : 'no delivery'}.`,
  );
  return labeled;
}

/** The state of a shipment after one of its events. */
export function evolveShipment(state: ShipmentState, event: ShipmentEvent): ShipmentState {
  switch (event.type) {
    case 'ShipmentRequested': {
      expectStatus(state, event, 'not_requested');
      const { type: _, version: __, ...order } = event;
      return { status: 'requested', order };
    }
    case 'ShipmentCalledOff':
      expectStatus(state, event, 'not_requested');
      return { status: 'called_off' };
    case 'ReturnRequested': {
      const requested = expectStatus(state, event, 'requested');
      return { ...requested, disputeId: event.disputeId };
    }
    case 'CarrierShipmentCreated': {
      const { order } = expectStatus(state, event, 'requested');
      return {
        status: 'prepared',
        order,
        carrierShipmentId: event.carrierShipmentId,
        claim: null,
      };
    }
    case 'PurchaseClaimed': {
      const { attempt, claimedAt } = event;
      return { ...expectStatus(state, event, 'prepared'), claim: { attempt, claimedAt } };
    }
    case 'LabelPurchased': {
      const { order } = expectStatus(state, event, 'prepared');
      const { type: _, version: __, shipmentId: ___, tradeId: ____, ...label } = event;
      return {
        status: 'labeled',
        order,
        label,
        parcels: [],
        voiding: null,
        pickups: [],
        subscriptions: {},
        trackingStatus: 'label_created',
        trackingFlags: [],
        delivered: false,
        reported: null,
        asked: null,
        isOverdue: false,
        scans: [],
      };
    }
    case 'ParcelsLabeled':
      return { ...expectStatus(state, event, 'labeled'), parcels: event.parcels };
    case 'LabelRefused': {
      const { order } = expectStatus(state, event, 'requested', 'prepared');
      const { code, fields } = event;
      return { status: 'refused', order, code, ...(fields === undefined ? {} : { fields }) };
    }
    default:
      return evolveTracking(state, event);
  }
}

type LabelingEvent = Extract<
  ShipmentEvent,
  {
    type:
      | 'ShipmentRequested'
      | 'ReturnRequested'
      | 'ShipmentCalledOff'
      | 'CarrierShipmentCreated'
      | 'PurchaseClaimed'
      | 'LabelPurchased'
      | 'ParcelsLabeled'
      | 'LabelRefused';
  }
>;

/** What happens once the label is there. */
function evolveTracking(
  state: ShipmentState,
  event: Exclude<ShipmentEvent, LabelingEvent>,
): ShipmentState {
  switch (event.type) {
    case 'TrackingUpdated': {
      const labeled = expectStatus(state, event, 'labeled');
      return {
        ...labeled,
        trackingStatus: event.status,
        trackingFlags: event.flags ?? [],
        reported: isDelivery(event) ? labeled.reported : null,
        asked: null,
        isOverdue: false,
        scans: withNews(labeled.scans, event.scans),
      };
    }
    case 'TrackingFlagged': {
      const labeled = expectStatus(state, event, 'labeled');
      const { trackingStatus: status, reported } = labeled;
      const { flags } = event;
      const stands = isDelivery({ status, flags });
      return { ...labeled, trackingFlags: flags, reported: stands ? reported : null };
    }
    case 'ShipmentDispatched':
      return expectStatus(state, event, 'labeled');
    case 'ShipmentDelivered':
      return { ...expectDelivered(state, event, false), delivered: true, reported: null };
    case 'ShipmentDeliveryWithdrawn':
      return { ...expectDelivered(state, event, true), delivered: false };
    case 'DeliveryReported':
      return { ...expectDelivered(state, event, false), reported: { stableAt: event.stableAt } };
    case 'DeliveryProven':
      return expectDelivered(state, event, true);
    case 'LabelVoidRequested':
      return { ...expectStatus(state, event, 'labeled'), voiding: 'requested' };
    case 'LabelVoided':
      return { ...expectStatus(state, event, 'labeled'), voiding: 'voided' };
    case 'LabelVoidRefused':
      return { ...expectStatus(state, event, 'labeled'), voiding: 'refused' };
    case 'TrackingSubscribed': {
      const labeled = expectStatus(state, event, 'labeled');
      const { provider, renewAt } = event;
      return { ...labeled, subscriptions: { ...labeled.subscriptions, [provider]: { renewAt } } };
    }
    case 'PickupRequested':
    case 'PickupClaimed':
    case 'PickupScheduled':
    case 'PickupRefused':
    case 'PickupUncertain':
    case 'PickupCancelRequested':
    case 'PickupCanceled':
    case 'PickupCancelRefused': {
      const labeled = expectStatus(state, event, 'labeled');
      return { ...labeled, pickups: evolvePickups(labeled.pickups, event) };
    }
    case 'CarrierAsked': {
      const { asks, askedAt } = event;
      return { ...expectStatus(state, event, 'labeled'), asked: { asks, askedAt } };
    }
    case 'ShipmentSilent':
      return { ...expectStatus(state, event, 'labeled'), isOverdue: true };
    default: {
      const unknownEvent: never = event;
      return unknownEvent;
    }
  }
}

/** The rules of the shipment stream. */
export const shipmentEvolution: Evolution<ShipmentState, ShipmentEvent> = {
  initial: { status: 'not_requested' },
  evolve: evolveShipment,
};

export type LabeledShipment = Extract<ShipmentState, { status: 'labeled' }>;
