import { add } from '../../../money/money.ts';
import type {
  CarrierRate,
  PreparedShipment,
  PurchasedLabel,
  ShippingDocument,
} from '../../../shipment/ports.ts';
import { isObject, objectsIn, printableId, text, utcInstant } from '../json-value.ts';
import { parsePrice } from '../units.ts';

const LONGEST_URL = 2_000;

type Json = Readonly<Record<string, unknown>>;

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
  const labelUrl = text(label['label_url'], LONGEST_URL);
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

/** A rate that can't be read is not offered. Names become ids: events hold them without spaces. */
/** A rate as EasyPost spells its carrier and service, for calls that name it so. */
export const spelled = (rates: unknown, rateId: string): { carrier: string; service: string } => {
  const raw = objectsIn(rates).find(({ id }) => id === rateId) ?? {};
  return { carrier: text(raw['carrier'], 128), service: text(raw['service'], 128) };
};

export const toRate = (value: unknown): CarrierRate | undefined => {
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

/** The labels of an order, one for each of its parcels; undefined while not all of them are there. */
export const toPurchasedOrder = (order: Json): PurchasedLabel | undefined => {
  const labels = objectsIn(order['shipments']).map(toPurchased);
  const [first] = labels;
  if (first === undefined || labels.some((label) => label === undefined)) return undefined;
  const all = labels.filter((label) => label !== undefined);
  return {
    ...first,
    price: all.map(({ price }) => price).reduce(add),
    parcels: all.map(({ trackingNumber, trackerId }) => ({ trackingNumber, trackerId })),
  };
};

/** True where any parcel of an order has postage: the order was bought. */
export const hasOrderLabels = (order: Json): boolean =>
  objectsIn(order['shipments']).some(hasLabel);

const FORMATS: Readonly<Record<string, ShippingDocument['format']>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'application/zpl': 'zpl',
};

/** The label and the forms of a bought shipment. */
export const toDocuments = (shipment: Json): readonly ShippingDocument[] => {
  const label = isObject(shipment['postage_label']) ? shipment['postage_label'] : {};
  const url = text(label['label_url'], LONGEST_URL);
  const format = FORMATS[text(label['label_file_type'], 40)] ?? 'other';
  const forms = objectsIn(shipment['forms']).map((form): ShippingDocument => {
    const isInvoice = form['form_type'] === 'commercial_invoice';
    const formUrl = text(form['form_url'], LONGEST_URL);
    return { type: isInvoice ? 'commercial_invoice' : 'other', format: 'pdf', url: formUrl };
  });
  const labels: readonly ShippingDocument[] = url === '' ? [] : [{ type: 'label', format, url }];
  return [...labels, ...forms].filter((document) => 'url' in document && document.url !== '');
};
