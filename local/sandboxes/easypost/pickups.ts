import { isJson, type Json, objectAt, textAt } from '../json.ts';
import { EasyPostApiError, notFound, required } from './errors.ts';
import { findShipment } from './shipments.ts';
import type { World } from './world.ts';

export type Pickup = {
  id: string;
  object: 'Pickup';
  status: 'unknown' | 'scheduled' | 'canceled';
  confirmation: string | null;
  pickup_rates: { id: string; rate: string; currency: string; carrier: string; service: string }[];
  [other: string]: unknown;
};

/** `POST /v2/pickups`: quotes a pickup of a bought shipment. */
export function createPickup(world: World, body: Json): Pickup {
  if (!isJson(body['pickup'])) throw required('pickup');
  const parameters = body['pickup'];
  const [from, until] = [textAt(parameters, 'min_datetime'), textAt(parameters, 'max_datetime')];
  if (from === null) throw required('min_datetime');
  if (until === null) throw required('max_datetime');
  if (!(Date.parse(from) < Date.parse(until))) {
    throw new EasyPostApiError(422, 'PICKUP.INVALID_PARAMS', 'The pickup ends before it begins.');
  }
  const shipment = findShipment(world, textAt(objectAt(parameters, 'shipment'), 'id') ?? '');
  const carrier = shipment.selected_rate?.carrier;
  if (carrier === undefined) {
    throw new EasyPostApiError(422, 'PICKUP.NO_POSTAGE', 'Nothing was bought for this shipment.');
  }
  const at = world.now();
  const rate = { rate: '4.20', currency: 'USD', carrier };
  const pickup: Pickup = {
    ...{ id: world.ids.next('pickup'), object: 'Pickup', mode: 'test', created_at: at },
    ...{ updated_at: at, status: 'unknown', confirmation: null, messages: [] },
    ...{ reference: textAt(parameters, 'reference'), min_datetime: from, max_datetime: until },
    pickup_rates: [
      { id: world.ids.next('pickuprate'), ...rate, service: 'Future-day Pickup' },
      { id: world.ids.next('pickuprate'), ...rate, rate: '6.90', service: 'Same-day Pickup' },
    ],
  };
  world.pickups.set(pickup.id, pickup);
  return pickup;
}

export function findPickup(world: World, id: string): Pickup {
  const pickup = world.pickups.get(id);
  if (pickup === undefined) throw notFound();
  return pickup;
}

/** `POST /v2/pickups/:id/buy`: once. Every purchase would send a courier. */
export function buyPickup(world: World, id: string, body: Json): Pickup {
  const pickup = findPickup(world, id);
  const [carrier, service] = [textAt(body, 'carrier'), textAt(body, 'service')];
  if (!pickup.pickup_rates.some((rate) => rate.carrier === carrier && rate.service === service)) {
    throw required('service');
  }
  if (pickup.status !== 'unknown') {
    throw new EasyPostApiError(422, 'PICKUP.BUY.FAILURE', `The pickup is ${pickup.status}.`);
  }
  pickup.status = 'scheduled';
  pickup.confirmation = `WTC${world.ids.digits(8)}`;
  return pickup;
}

/** `POST /v2/pickups/:id/cancel` */
export function cancelPickup(world: World, id: string): Pickup {
  const pickup = findPickup(world, id);
  if (pickup.status !== 'scheduled') {
    throw new EasyPostApiError(422, 'PICKUP.CANCEL.FAILURE', `The pickup is ${pickup.status}.`);
  }
  pickup.status = 'canceled';
  return pickup;
}
