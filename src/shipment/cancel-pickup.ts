import type { ShipmentEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import { named, pickupOf } from './pickup.ts';
import type { CanceledPickup, CarrierRefusal } from './ports.ts';
import { firstHandled } from './scans.ts';
import type { ShipmentState } from './shipment.ts';

export type CancelPickup = {
  readonly type: 'CancelPickup';
  readonly pickupId: string;
  readonly at: string;
};
export type RecordPickupCanceled = {
  readonly type: 'RecordPickupCanceled';
  readonly pickupId: string;
  readonly answer: CanceledPickup | CarrierRefusal;
};

/** A courier that was agreed on and has not come can be told not to; asked twice, it is told once. */
export function cancelPickup(
  { pickupId, at }: CancelPickup,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  const pickup = state.status === 'labeled' ? pickupOf(state, pickupId) : undefined;
  if (state.status !== 'labeled' || pickup === undefined) {
    return rejected('pickup.not_found', 'There is no such pickup.');
  }
  switch (pickup.status) {
    case 'canceling':
    case 'canceled':
      return nothing;
    case 'requested':
    case 'claimed':
      return tooEarly('pickup.under_way', 'The pickup is being ordered; cancel it after that.');
    case 'refused':
    case 'uncertain':
      return rejected(
        'pickup.not_scheduled',
        `No courier was agreed on: the pickup is ${pickup.status}.`,
      );
    case 'scheduled':
      if (pickup.closesAt <= at) return rejected('pickup.too_late', 'These times are over.');
      return firstHandled(state.scans) === undefined
        ? decided({ ...named('PickupCancelRequested', state, pickupId), requestedAt: at })
        : rejected('pickup.handed_over', 'The carrier has the parcels already.');
    default: {
      const unknownPickup: never = pickup;
      return unknownPickup;
    }
  }
}

/** A carrier that refuses comes. */
export function recordPickupCanceled(
  { pickupId, answer }: RecordPickupCanceled,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  const pickup = state.status === 'labeled' ? pickupOf(state, pickupId) : undefined;
  if (state.status !== 'labeled' || pickup?.status !== 'canceling') return nothing;
  return answer.kind === 'refused'
    ? decided({ ...named('PickupCancelRefused', state, pickupId), code: answer.code })
    : decided(named('PickupCanceled', state, pickupId));
}
