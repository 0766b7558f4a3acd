import type {
  CarrierRate,
  CarrierRefusal,
  PreparedShipment,
  PurchasedLabel,
} from '../../../shipment/ports.ts';
import { isObject, printableId, text, utcInstant } from '../json-value.ts';
import type { EasyPostAnswer } from './client.ts';
import { parsePrice } from './units.ts';

type Json = Readonly<Record<string, unknown>>;

/** A refusal in the port's terms: codes and field names, none of EasyPost's text. */
export const toRefusal = ({
  code,
  fields,
}: Pick<Extract<EasyPostAnswer, { kind: 'refused' }>, 'code' | 'fields'>): CarrierRefusal => ({
  kind: 'refused',
  code,
  message: fields.length === 0 ? code : `${code}: ${fields.join(', ')}`,
});

/** The shipment with its rates; undefined where the answer names no shipment. */
export const toPrepared = (shipment: Json): PreparedShipment | undefined => {
  const carrierShipmentId = printableId(shipment['id']);
  if (carrierShipmentId === undefined) return undefined;
  const rates = Array.isArray(shipment['rates']) ? shipment['rates'] : [];
  return {
    kind: 'prepared',
    carrierShipmentId,
    rates: rates.map(toRate).filter((rate) => rate !== undefined),
  };
};

/** True where postage was bought, whether or not the rest of the label can be read yet. */
export const hasLabel = (shipment: Json): boolean => isObject(shipment['postage_label']);

/** The label of a bought shipment; undefined while EasyPost has not filled in all of it. */
export const toPurchased = (shipment: Json): PurchasedLabel | undefined => {
  const label = shipment['postage_label'];
  const tracker = shipment['tracker'];
  const rate = toRate(shipment['selected_rate']);
  const trackingNumber = printableId(shipment['tracking_code']);
  const trackerId = isObject(tracker) ? printableId(tracker['id']) : undefined;
  if (!isObject(label) || !rate || !trackingNumber || !trackerId) return undefined;
  const labelUrl = text(label['label_url'], 2_000);
  const purchasedAt = utcInstant(label['created_at'])?.occurredAt;
  return {
    kind: 'purchased',
    trackingNumber,
    trackerId,
    carrier: rate.carrier,
    service: rate.service,
    price: rate.price,
    ...(labelUrl === '' ? {} : { labelUrl }),
    ...(purchasedAt === undefined ? {} : { purchasedAt }),
  };
};

/**
 * The rate to buy: dollars before other currencies, which can't be compared; then by price, days
 * and id, so that two tries choose the same one.
 */
export const cheapest = (rates: readonly CarrierRate[]): CarrierRate | undefined =>
  rates.toSorted(
    (left, right) =>
      Number(left.price.currency !== 'USD') - Number(right.price.currency !== 'USD') ||
      compareText(left.price.currency, right.price.currency) ||
      Number(left.price.amountMinor - right.price.amountMinor) ||
      (left.deliveryDays ?? Number.MAX_SAFE_INTEGER) -
        (right.deliveryDays ?? Number.MAX_SAFE_INTEGER) ||
      compareText(left.rateId, right.rateId),
  )[0];

const compareText = (left: string, right: string): number =>
  left === right ? 0 : left < right ? -1 : 1;

/** A rate that can't be read is not offered. Names become ids: events hold them without spaces. */
const toRate = (value: unknown): CarrierRate | undefined => {
  if (!isObject(value)) return undefined;
  const rateId = printableId(value['id']);
  const carrier = printableId(text(value['carrier'], 128).replaceAll(' ', '_'));
  const service = printableId(text(value['service'], 128).replaceAll(' ', '_'));
  const price = parsePrice(value['rate'], value['currency']);
  const days = value['delivery_days'];
  if (!rateId || !carrier || !service || !price) return undefined;
  return {
    rateId,
    carrier,
    service,
    price,
    ...(typeof days === 'number' && Number.isSafeInteger(days) ? { deliveryDays: days } : {}),
  };
};
