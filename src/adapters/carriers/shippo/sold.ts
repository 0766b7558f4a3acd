import { type CarrierRate, carrierUnavailable } from '../../../shipment/ports.ts';
import { found } from '../answers.ts';
import type { CarrierClient } from '../http.ts';
import { objectsIn } from '../json-value.ts';
import { isSold, isUndecided, type Json, toPrepared } from './answer.ts';

/** A shipment of Shippo's with what was bought for it, if anything was. */
export type Held = {
  readonly shipment: Json;
  readonly rates: readonly CarrierRate[];
  readonly parcelCount: number;
  /** The rate that was bought, and its transactions: one for each parcel. */
  readonly sold: { readonly rate: CarrierRate; readonly transactions: readonly Json[] } | undefined;
};

/**
 * Reads a shipment and asks for each of its rates whether it was bought: Shippo may sell a rate
 * twice, so this is what stands before every purchase. Undefined where there is no such shipment.
 *
 * @throws CarrierUnavailableError while Shippo has not decided a purchase.
 */
export async function readHeld(
  client: CarrierClient,
  carrierShipmentId: string,
): Promise<Held | undefined> {
  const shipment = found(await client.get(`shipments/${encodeURIComponent(carrierShipmentId)}`));
  if (shipment === undefined) return undefined;
  const rates = toPrepared(shipment)?.rates ?? [];
  const bought = await Promise.all(
    rates.map(async (rate) => ({ rate, transactions: await transactionsOf(client, rate) })),
  );
  const sold = bought.find(({ transactions }) => transactions.some(isSold));
  if (sold === undefined && bought.some(({ transactions }) => transactions.some(isUndecided))) {
    throw carrierUnavailable('carrier.unknown_outcome', {
      message: 'Shippo has not decided a purchase.',
    });
  }
  return { shipment, rates, parcelCount: objectsIn(shipment['parcels']).length, sold };
}

export const transactionsOf = async (
  client: CarrierClient,
  { rateId }: Pick<CarrierRate, 'rateId'>,
): Promise<readonly Json[]> =>
  objectsIn(
    found(await client.get(`transactions?rate=${encodeURIComponent(rateId)}&results=100`))?.[
      'results'
    ],
  );
