import { isJson, type Json, objectAt, textAt } from '../json.ts';
import { EasyPostApiError, fieldError, notFound, required } from './errors.ts';
import type { Shipment } from './objects.ts';
import { addPostage, createShipment, isUndeliverable } from './shipments.ts';
import type { World } from './world.ts';

/** Several shipments between two addresses, quoted and bought together. */
export type Order = {
  id: string;
  object: 'Order';
  reference: string | null;
  shipments: Shipment[];
  rates: Shipment['rates'];
  [other: string]: unknown;
};

/** `POST /v2/orders`: quotes each parcel, and offers what every carrier would take for all of them. */
export function createOrder(world: World, body: Json): Order {
  if (!isJson(body['order'])) throw required('order');
  const parameters = body['order'];
  const given = Array.isArray(parameters['shipments'])
    ? parameters['shipments'].filter(isJson)
    : [];
  if (given.length === 0) throw required('shipments');
  const at = world.now();
  const addresses = {
    to_address: objectAt(parameters, 'to_address'),
    from_address: objectAt(parameters, 'from_address'),
  };
  const shipments = given.map((shipment) =>
    createShipment(world, { shipment: { ...addresses, ...shipment } }),
  );
  const order: Order = {
    ...{ id: world.ids.next('order'), object: 'Order', mode: 'test', created_at: at },
    ...{ updated_at: at, reference: textAt(parameters, 'reference') },
    ...{ is_return: parameters['is_return'] === true, messages: [] },
    ...{ shipments, rates: totals(shipments) },
  };
  world.orders.set(order.id, order);
  return order;
}

const centsOf = ({ rate }: Shipment['rates'][number]): number => Math.round(Number(rate) * 100);

/** A service is offered where it is offered for every parcel. */
function totals(shipments: readonly Shipment[]): Shipment['rates'] {
  const [first, ...others] = shipments;
  return (first?.rates ?? []).flatMap((rate) => {
    const same = others.map(({ rates }) =>
      rates.find(({ carrier, service }) => carrier === rate.carrier && service === rate.service),
    );
    if (same.some((one) => one === undefined)) return [];
    const cents = [rate, ...same].reduce((sum, one) => sum + (one ? centsOf(one) : 0), 0);
    return [{ ...rate, id: `${rate.id}_o`, rate: (cents / 100).toFixed(2) }];
  });
}

/** Finds an order by its id, or the newest one with that reference. @throws EasyPostApiError 404 */
export function findOrder(world: World, idOrReference: string): Order {
  const found =
    world.orders.get(idOrReference) ??
    [...world.orders.values()].findLast(({ reference }) => reference === idOrReference);
  if (found === undefined) throw notFound();
  return found;
}

/** `POST /v2/orders/:id/buy`: all labels of it, once. */
export function buyOrder(world: World, id: string, body: Json): Order {
  const order = findOrder(world, id);
  if (order.shipments.some(({ postage_label }) => postage_label !== null)) {
    throw new EasyPostApiError(422, 'ORDER.POSTAGE.EXISTS', 'This order was bought before.');
  }
  const [carrier, service] = [textAt(body, 'carrier'), textAt(body, 'service')];
  if (carrier === null) throw required('carrier');
  if (service === null) throw required('service');
  for (const shipment of order.shipments) {
    const rate = shipment.rates.find((one) => one.carrier === carrier && one.service === service);
    if (rate === undefined) throw notFound();
    if (isUndeliverable(shipment)) {
      throw new EasyPostApiError(422, 'ORDER.POSTAGE.FAILURE', 'The address is not deliverable.', [
        fieldError('to_address', 'Address not found'),
      ]);
    }
  }
  for (const shipment of order.shipments) {
    const rate = shipment.rates.find((one) => one.carrier === carrier && one.service === service);
    if (rate !== undefined) addPostage(world, shipment, rate);
  }
  return order;
}
