import { add, type Money, money } from '../../../money/money.ts';
import type {
  CarrierRate,
  DutyQuote,
  PurchasedLabel,
  ShippingDocument,
} from '../../../shipment/ports.ts';
import { idOf, objectsIn, printableId, text } from '../json-value.ts';
import { parsePriceNumber } from '../units.ts';

type Json = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;

/** The price in the currency that is billed; undefined where there is none. */
const billed = (prices: unknown): Money | undefined => {
  const all = objectsIn(prices);
  const price = all.find(({ currencyType }) => currencyType === 'BILLC') ?? all[0];
  return price && parsePriceNumber(price['price'], price['priceCurrency']);
};

/** A product of DHL's as a rate: its code is all that a purchase needs. */
export const toRate = (product: Json, shipAt: Date): CarrierRate | undefined => {
  const service = printableId(product['productCode']);
  const price = billed(product['totalPrice']);
  if (service === undefined || price === undefined || price.amountMinor === 0n) return undefined;
  const days = daysUntil(
    objectsIn(product['deliveryCapabilities'])[0]?.['estimatedDeliveryDateAndTime'],
    shipAt,
  );
  return {
    ...{ rateId: service, carrier: 'DHLExpress', service, price },
    ...(days === undefined ? {} : { deliveryDays: days }),
  };
};

const daysUntil = (time: unknown, shipAt: Date): number | undefined => {
  const atMs = Date.parse(`${text(time, 40).slice(0, 19)}Z`);
  return Number.isNaN(atMs)
    ? undefined
    : Math.max(1, Math.ceil((atMs - shipAt.getTime()) / DAY_MS));
};

/** A new shipment as its label. The shipment's number is its tracker; each parcel has its own. */
export const toPurchased = (
  shipment: Json,
  { service, price }: Pick<CarrierRate, 'service' | 'price'>,
): PurchasedLabel | undefined => {
  const trackerId = idOf(shipment['shipmentTrackingNumber']);
  if (trackerId === undefined) return undefined;
  return labelOf(trackerId, objectsIn(shipment['packages']), {
    service,
    price: billed(shipment['shipmentCharges']) ?? price,
  });
};

/** A label that was bought before, as tracking by our reference tells of it. */
export const toFound = (
  tracked: Json,
  rate: Pick<CarrierRate, 'service' | 'price'>,
): PurchasedLabel | undefined => {
  const trackerId = idOf(tracked['shipmentTrackingNumber']);
  return trackerId === undefined
    ? undefined
    : labelOf(trackerId, objectsIn(tracked['pieces']), rate);
};

const labelOf = (
  trackerId: string,
  pieces: readonly Json[],
  { service, price }: Pick<CarrierRate, 'service' | 'price'>,
): PurchasedLabel => {
  const numbers = pieces
    .map((piece) => idOf(piece['trackingNumber']))
    .filter((number) => number !== undefined);
  return {
    kind: 'purchased',
    ...{ trackingNumber: trackerId, trackerId, carrier: 'DHLExpress', service, price },
    ...(numbers.length < 2
      ? {}
      : { parcels: numbers.map((trackingNumber) => ({ trackingNumber, trackerId })) }),
  };
};

/**
 * What customs will ask, from `POST /landed-cost`: the lines of each item's breakdown, by their type.
 * Undefined unless every item has one: half an estimate is none.
 */
export const toDuties = (answer: Json, currency: Money['currency']): DutyQuote | undefined => {
  const [product] = objectsIn(answer['products']);
  const items = objectsIn(product?.['items']);
  if (items.length === 0) return undefined;
  const sums = { DUTY: money(currency, 0n), TAX: money(currency, 0n), FEE: money(currency, 0n) };
  for (const item of items) {
    const lines = objectsIn(item['breakdown']);
    if (lines.length === 0) return undefined;
    for (const line of lines) {
      const type = text(line['typeCode'], 20).toUpperCase();
      if (type !== 'DUTY' && type !== 'TAX' && type !== 'FEE') continue;
      const price = parsePriceNumber(line['price'], line['priceCurrency'] ?? currency);
      if (price === undefined || price.currency !== currency) return undefined;
      sums[type] = add(sums[type], price);
    }
  }
  return { kind: 'estimated', duties: sums.DUTY, taxes: sums.TAX, fees: sums.FEE };
};

const TYPES: Readonly<Record<string, ShippingDocument['type']>> = {
  label: 'label',
  waybill: 'waybill',
  waybilldoc: 'waybill',
  invoice: 'commercial_invoice',
  'commercial-invoice': 'commercial_invoice',
};

export const toDocument = (document: Json): readonly ShippingDocument[] => {
  const { content, typeCode, encodingFormat, imageFormat } = document as {
    content?: unknown;
    typeCode?: unknown;
    encodingFormat?: unknown;
    imageFormat?: unknown;
  };
  if (typeof content !== 'string' || content === '') return [];
  const type = TYPES[text(typeCode, 40).toLowerCase()] ?? 'other';
  const format = text(encodingFormat ?? imageFormat, 10).toLowerCase();
  return [{ type, format: format === 'pdf' || format === 'png' ? format : 'other', content }];
};
