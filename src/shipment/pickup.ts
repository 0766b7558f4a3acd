import type { ShipmentEvent } from '../../events/index.ts';
import type { Money } from '../money/money.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CarrierRefusal, ScheduledPickup } from './ports.ts';
import { firstHandled } from './scans.ts';
import type { LabeledShipment, ShipmentState } from './shipment.ts';

/** One order to the carrier to come for the parcels, and what became of it. */
export type Pickup = {
  readonly pickupId: string;
  /** Instants between which the courier may come. */
  readonly readyAt: string;
  readonly closesAt: string;
  /** When it was first wanted. */
  readonly requestedAt: string;
} & (
  | { readonly status: 'requested' }
  | { readonly status: 'claimed'; readonly claimedAt: string }
  | {
      /** `canceling`: the carrier is being told not to come. */
      readonly status: 'scheduled' | 'canceling';
      readonly carrierPickupId: string;
      readonly confirmation?: string | undefined;
      readonly price?: Money | undefined;
      /** Why the carrier comes although it was told not to, by its code. */
      readonly cancelRefusal?: string;
    }
  | { readonly status: 'canceled' }
  | { readonly status: 'refused'; readonly code: string }
  /** Its answer was lost, and the carrier can't be asked. */
  | { readonly status: 'uncertain' }
);

export type RequestPickup = {
  readonly type: 'RequestPickup';
  readonly pickupId: string;
  readonly readyAt: string;
  readonly closesAt: string;
  readonly at: string;
};
export type ClaimPickup = {
  readonly type: 'ClaimPickup';
  readonly pickupId: string;
  readonly at: string;
  readonly claimSeconds: number;
};
export type RecordPickup = {
  readonly type: 'RecordPickup';
  readonly pickupId: string;
  readonly answer: ScheduledPickup | CarrierRefusal;
};

/** The carrier comes once for parcels that it does not have yet, under a label that stands. */
export function requestPickup(
  { pickupId, readyAt, closesAt, at }: RequestPickup,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled') {
    return rejected('pickup.no_label', `There is no label: the shipment is ${state.status}.`);
  }
  const known = pickupOf(state, pickupId);
  if (known !== undefined) {
    return known.readyAt === readyAt && known.closesAt === closesAt
      ? nothing
      : rejected('pickup.id_reused', 'This key ordered a pickup at another time.');
  }
  if (closesAt <= at) return rejected('pickup.too_late', 'These times are over.');
  if (state.voiding !== null && state.voiding !== 'refused') {
    return rejected('pickup.label_given_back', 'The label was given back.');
  }
  if (firstHandled(state.scans) !== undefined) {
    return rejected('pickup.handed_over', 'The carrier has the parcels already.');
  }
  if (state.pickups.some((pickup) => isExpected(pickup, at))) {
    return rejected('pickup.ordered', 'A pickup is ordered already.');
  }
  return decided({
    ...named('PickupRequested', state, pickupId),
    readyAt,
    closesAt,
    requestedAt: at,
  });
}

/** A courier who may still come; one of whom nothing is known counts until its time is over. */
const isExpected = ({ status, closesAt }: Pickup, at: string): boolean =>
  status === 'requested' || status === 'claimed' || (!isOff(status) && closesAt > at);

const isOff = (status: Pickup['status']): boolean => status === 'refused' || status === 'canceled';

/**
 * For a carrier that can't be asked what was ordered: one worker orders, once. Where its claim is
 * older than any worker lives and there is no answer, nobody knows, and nothing is ordered again.
 */
export function claimPickup(
  { pickupId, at, claimSeconds }: ClaimPickup,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  const pickup = state.status === 'labeled' ? pickupOf(state, pickupId) : undefined;
  if (state.status !== 'labeled' || pickup === undefined) return nothing;
  if (pickup.status === 'requested') {
    return decided({ ...named('PickupClaimed', state, pickupId), claimedAt: at });
  }
  if (pickup.status !== 'claimed') return nothing;
  return Date.parse(at) < Date.parse(pickup.claimedAt) + claimSeconds * 1_000
    ? tooEarly('shipment.pickup_under_way', 'Somebody else is ordering this pickup.')
    : decided(named('PickupUncertain', state, pickupId));
}

/** An answer that comes after all settles what was uncertain. */
export function recordPickup(
  { pickupId, answer }: RecordPickup,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  const pickup = state.status === 'labeled' ? pickupOf(state, pickupId) : undefined;
  if (state.status !== 'labeled' || pickup === undefined) return nothing;
  if (isSettled(pickup.status)) return nothing;
  if (answer.kind === 'refused') {
    return decided({ ...named('PickupRefused', state, pickupId), code: answer.code });
  }
  const { pickupId: carrierPickupId, confirmation, price } = answer;
  return decided({
    ...named('PickupScheduled', state, pickupId),
    carrierPickupId,
    ...(confirmation === undefined ? {} : { confirmation }),
    ...(price === undefined ? {} : { price }),
  });
}

const isSettled = (status: Pickup['status']): boolean =>
  status === 'scheduled' || status === 'canceling' || isOff(status);

export const pickupOf = (
  { pickups }: Pick<LabeledShipment, 'pickups'>,
  pickupId: string,
): Pickup | undefined => pickups.find((pickup) => pickup.pickupId === pickupId);

/** The head of an event of one pickup. */
export const named = <T extends PickupEvent['type']>(
  type: T,
  { order: { shipmentId, tradeId } }: LabeledShipment,
  pickupId: string,
) => ({ type, version: 1, shipmentId, tradeId, pickupId }) as const;

export type PickupEvent = Extract<ShipmentEvent, { type: `Pickup${string}` }>;

/** The pickups of a shipment after one of their events. */
export function evolvePickups(pickups: readonly Pickup[], event: PickupEvent): readonly Pickup[] {
  const { pickupId } = event;
  if (event.type === 'PickupRequested') {
    const { readyAt, closesAt, requestedAt } = event;
    return [...pickups, { pickupId, readyAt, closesAt, requestedAt, status: 'requested' }];
  }
  return pickups.map((pickup) =>
    pickup.pickupId === pickupId ? evolvePickup(pickup, event) : pickup,
  );
}

const windowOf = ({ pickupId, readyAt, closesAt, requestedAt }: Pickup) => ({
  ...{ pickupId, readyAt, closesAt, requestedAt },
});

function evolvePickup(
  pickup: Pickup,
  event: Exclude<PickupEvent, { type: 'PickupRequested' }>,
): Pickup {
  const its = windowOf(pickup);
  switch (event.type) {
    case 'PickupClaimed':
      return { ...its, status: 'claimed', claimedAt: event.claimedAt };
    case 'PickupScheduled': {
      const { carrierPickupId, confirmation, price } = event;
      return { ...its, status: 'scheduled', carrierPickupId, confirmation, price };
    }
    case 'PickupRefused':
      return { ...its, status: 'refused', code: event.code };
    case 'PickupUncertain':
      return { ...its, status: 'uncertain' };
    case 'PickupCancelRequested':
      return 'carrierPickupId' in pickup ? { ...pickup, status: 'canceling' } : pickup;
    case 'PickupCancelRefused':
      return 'carrierPickupId' in pickup
        ? { ...pickup, status: 'scheduled', cancelRefusal: event.code }
        : pickup;
    case 'PickupCanceled':
      return { ...its, status: 'canceled' };
    default: {
      const unknownEvent: never = event;
      return unknownEvent;
    }
  }
}
