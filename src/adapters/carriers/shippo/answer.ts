import type {
  CarrierRate,
  CarrierRefusal,
  PreparedShipment,
  PurchasedLabel,
} from '../../../shipment/ports.ts';
import { toRefusal } from '../answers.ts';
import { isName } from '../http.ts';
import { at, objectsIn, printableId, text, utcInstant } from '../json-value.ts';
import { parsePrice } from '../units.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The shipment with its rates; undefined where the answer names no shipment. */
export const toPrepared = (shipment: Json): PreparedShipment | undefined => {
  const carrierShipmentId = printableId(shipment['object_id']);
  return carrierShipmentId === undefined
    ? undefined
    : {
        kind: 'prepared',
        carrierShipmentId,
        rates: objectsIn(shipment['rates'])
          .map(toRate)
          .filter((rate) => rate !== undefined),
      };
};

/** A rate that can't be read is not offered. */
export const toRate = (rate: Json): CarrierRate | undefined => {
  const rateId = printableId(rate['object_id']);
  const carrier = printableId(text(rate['provider'], 128).replaceAll(' ', '_'));
  const service = printableId(text(at(rate['servicelevel'], 'token'), 128));
  const price = parsePrice(rate['amount'], rate['currency']);
  const days = rate['estimated_days'];
  if (!rateId || !carrier || !service || !price) return undefined;
  return {
    ...{ rateId, carrier, service, price },
    ...(typeof days === 'number' && Number.isSafeInteger(days) ? { deliveryDays: days } : {}),
  };
};

/** `ERROR` failed; `WAITING` and `QUEUED` are not decided; the others have, or had, a label. */
export const statusOf = (transaction: Json): string => text(transaction['status'], 40);

const FAILED = 'ERROR';
const UNDECIDED: ReadonlySet<string> = new Set(['WAITING', 'QUEUED']);

export const isSold = (transaction: Json): boolean => {
  const status = statusOf(transaction);
  return status !== FAILED && !UNDECIDED.has(status) && status !== '';
};

export const isUndecided = (transaction: Json): boolean => UNDECIDED.has(statusOf(transaction));

/** Why a transaction failed: the code of the first message that has one. */
export const failureOf = (transaction: Json): CarrierRefusal => {
  const code = objectsIn(transaction['messages'])
    .map((message) => message['code'])
    .find(isName);
  return toRefusal({ code: code ?? 'TRANSACTION.ERROR', fields: [] });
};

/** The label of the transactions of one rate, one for each parcel; undefined while one is not there. */
export const toPurchased = (
  transactions: readonly Json[],
  { rate, parcelCount }: { readonly rate: CarrierRate; readonly parcelCount: number },
): PurchasedLabel | undefined => {
  const parcels = transactions.filter(isSold).flatMap((transaction) => {
    const trackingNumber = printableId(transaction['tracking_number']);
    const trackerId = printableId(transaction['object_id']);
    return trackingNumber === undefined || trackerId === undefined
      ? []
      : [{ trackingNumber, trackerId, transaction }];
  });
  const [first] = parcels;
  if (first === undefined || parcels.length < parcelCount) return undefined;
  const { carrier, service, price } = rate;
  const purchasedAt = utcInstant(first.transaction['object_created'])?.occurredAt;
  return {
    kind: 'purchased',
    ...{ trackingNumber: first.trackingNumber, trackerId: first.trackerId },
    ...{ carrier, service, price },
    ...(purchasedAt === undefined ? {} : { purchasedAt }),
    ...(parcelCount < 2
      ? {}
      : {
          parcels: parcels.map(({ trackingNumber, trackerId }) => ({ trackingNumber, trackerId })),
        }),
  };
};
