import type {
  CarrierRefusal,
  LabelOutcome,
  LabelRequest,
  PreparedShipment,
  Purchase,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn } from '../json-value.ts';
import type { EasyPostClient } from './client.ts';
import { insureParcels } from './insurance.ts';
import { hasOrderLabels, spelled, toPrepared, toPurchasedOrder } from './shipment-answer.ts';
import { toOrderRequest } from './shipment-request.ts';

/** EasyPost holds several parcels of one consignment as an order, with one purchase for all. */
export const isOrder = (carrierShipmentId: string): boolean =>
  carrierShipmentId.startsWith('order_');

export const orderPath = (carrierShipmentId: string): string =>
  `orders/${encodeURIComponent(carrierShipmentId)}`;

export const prepareOrder = async (
  client: EasyPostClient,
  request: LabelRequest,
): Promise<PreparedShipment | CarrierRefusal> => {
  const answer = await client.post('orders', toOrderRequest(request));
  if (answer.kind === 'refused') return toRefusal(answer);
  return readable(toPrepared(answer.body), 'order');
};

export const findOrder = async (
  client: EasyPostClient,
  reference: string,
): Promise<PreparedShipment | undefined> => {
  const order = found(await client.get(orderPath(reference)));
  return order === undefined || order['reference'] !== reference
    ? undefined
    : readable(toPrepared(order), 'order');
};

/** An order is bought by carrier and service. Whatever a refusal says, labels that are there count. */
export const buyOrder = async (
  client: EasyPostClient,
  { carrierShipmentId, choose, request }: Purchase,
): Promise<LabelOutcome> => {
  const path = orderPath(carrierShipmentId);
  /** The labels, once their parcels are insured where they are to be. */
  const sold = async (order: Readonly<Record<string, unknown>>): Promise<LabelOutcome> => {
    await insureParcels(client, objectsIn(order['shipments']), await request());
    return readable(toPurchasedOrder(order), 'labels');
  };
  const asked = await client.get(path);
  if (asked.kind === 'refused') return toRefusal(asked);
  if (hasOrderLabels(asked.body)) return sold(asked.body);
  const rate = choose(toPrepared(asked.body)?.rates ?? []);
  if (rate === undefined) return toRefusal({ code: 'RATES.NONE', fields: [] });
  const bought = await client.post(`${path}/buy`, spelled(asked.body['rates'], rate.rateId));
  if (bought.kind === 'ok') return sold(bought.body);
  const existing = found(await client.get(path));
  return existing === undefined || !hasOrderLabels(existing) ? toRefusal(bought) : sold(existing);
};
