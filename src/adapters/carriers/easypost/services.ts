import { byPrice } from '../../../shipment/choose-rate.ts';
import type {
  Cancellation,
  CarrierRate,
  CarrierRefusal,
  PickupRequest,
  ScheduledPickup,
  ShippingDocument,
  SoldLabel,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn, printableId, text } from '../json-value.ts';
import type { EasyPostClient } from './client.ts';
import { isOrder, orderPath } from './orders.ts';
import { spelled, toDocuments, toRate } from './shipment-answer.ts';
import { toAddress } from './shipment-request.ts';

type Json = Readonly<Record<string, unknown>>;

/** The one shipment of a label, or the shipments of an order; none where EasyPost knows neither. */
const shipmentsOf = async (
  client: EasyPostClient,
  { carrierShipmentId }: Pick<SoldLabel, 'carrierShipmentId'>,
): Promise<readonly Json[]> => {
  if (isOrder(carrierShipmentId)) {
    return objectsIn(found(await client.get(orderPath(carrierShipmentId)))?.['shipments']);
  }
  return objectsIn(found(await client.get(`shipments/${encodeURIComponent(carrierShipmentId)}`)));
};

const CANCELLATIONS: Readonly<Record<string, Cancellation>> = {
  submitted: { kind: 'requested' },
  refunded: { kind: 'voided' },
};

/**
 * Gives every label of a shipment back that was not given back before. Carriers refuse what they
 * have scanned, some at once and some after weeks: until then it is `requested`.
 */
export const cancel = async (
  client: EasyPostClient,
  label: SoldLabel,
): Promise<Cancellation | CarrierRefusal> => {
  let outcome: Cancellation = { kind: 'voided' };
  for (const shipment of await shipmentsOf(client, label)) {
    const id = readable(printableId(shipment['id']), 'shipment');
    const known = CANCELLATIONS[text(shipment['refund_status'], 40)];
    const refunded = known ?? (await refund(client, id));
    if (refunded.kind === 'refused') return refunded;
    if (refunded.kind === 'requested') outcome = refunded;
  }
  return outcome;
};

const refund = async (
  client: EasyPostClient,
  shipmentId: string,
): Promise<Cancellation | CarrierRefusal> => {
  const answer = await client.post(`shipments/${encodeURIComponent(shipmentId)}/refund`, {});
  if (answer.kind === 'refused') return toRefusal(answer);
  const status = text(answer.body['refund_status'], 40);
  return CANCELLATIONS[status] ?? toRefusal({ code: 'REFUND.REJECTED', fields: [] });
};

export const documents = async (
  client: EasyPostClient,
  label: SoldLabel,
): Promise<readonly ShippingDocument[]> => (await shipmentsOf(client, label)).flatMap(toDocuments);

/**
 * A pickup is created, which quotes, and then bought: the cheapest, for they all come. What was created
 * under the reference before is what is bought, if it was not bought already.
 */
export const schedulePickup = async (
  client: EasyPostClient,
  request: PickupRequest,
): Promise<ScheduledPickup | CarrierRefusal> => {
  const known = await findPickup(client, request.reference);
  if (known !== undefined && text(known['status'], 40) === 'scheduled') return scheduled(known);
  const created = known === undefined ? await createPickup(client, request) : known;
  if (isRefusal(created)) return created;
  const pickupId = readable(printableId(created['id']), 'pickup');
  const rate = cheapest(objectsIn(created['pickup_rates']).map(toRate));
  if (rate === undefined) return toRefusal({ code: 'PICKUP.RATES.NONE', fields: [] });
  const bought = await client.post(
    `pickups/${encodeURIComponent(pickupId)}/buy`,
    spelled(created['pickup_rates'], rate.rateId),
  );
  return bought.kind === 'refused' ? toRefusal(bought) : scheduled(bought.body);
};

/** The newest are looked through: a repeated order follows the first within minutes. */
const findPickup = async (client: EasyPostClient, reference: string): Promise<Json | undefined> => {
  const page = found(await client.get('pickups?page_size=100'));
  return objectsIn(page?.['pickups']).find((pickup) => pickup['reference'] === reference);
};

const createPickup = async (
  client: EasyPostClient,
  request: PickupRequest,
): Promise<Json | CarrierRefusal> => {
  const [shipment] = await shipmentsOf(client, request);
  const created = await client.post('pickups', {
    pickup: {
      reference: request.reference,
      min_datetime: request.readyAt,
      max_datetime: request.closesAt,
      instructions: request.instructions,
      is_account_address: false,
      address: toAddress(request.address),
      shipment: { id: shipment?.['id'] ?? request.carrierShipmentId },
    },
  });
  return created.kind === 'refused' ? toRefusal(created) : created.body;
};

const isRefusal = (value: Json | CarrierRefusal): value is CarrierRefusal =>
  'kind' in value && value.kind === 'refused';

const scheduled = (pickup: Json): ScheduledPickup => {
  const confirmation = printableId(pickup['confirmation']);
  const rate = cheapest(objectsIn(pickup['pickup_rates']).map(toRate));
  return {
    kind: 'scheduled',
    pickupId: readable(printableId(pickup['id']), 'pickup'),
    ...(rate === undefined ? {} : { price: rate.price }),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
};

const cheapest = (rates: readonly (CarrierRate | undefined)[]): CarrierRate | undefined =>
  rates.filter((rate) => rate !== undefined).toSorted(byPrice)[0];
