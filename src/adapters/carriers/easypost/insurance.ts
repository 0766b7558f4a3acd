import { toMajorString } from '../../../money/format.ts';
import { carrierUnavailable, type LabelRequest } from '../../../shipment/ports.ts';
import { readable } from '../answers.ts';
import { insuredParts } from '../insured-parts.ts';
import { printableId, text } from '../json-value.ts';
import type { EasyPostClient } from './client.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Insures the parcels of an order that were bought and are not insured yet: EasyPost insures shipments,
 * not orders, and after their purchase.
 *
 * @throws CarrierUnavailableError where it does not: the parcels are sold, so the next try asks again,
 * and a person hears of it where that is in vain.
 */
export async function insureParcels(
  client: EasyPostClient,
  shipments: readonly Json[],
  { parcels, insuredValue }: Pick<LabelRequest, 'parcels' | 'insuredValue'>,
): Promise<void> {
  if (insuredValue === undefined) return;
  const parts = insuredParts(parcels, insuredValue);
  for (const [index, shipment] of shipments.entries()) {
    const part = parts[index];
    if (part === undefined || text(shipment['insurance'], 40) !== '') continue;
    const id = readable(printableId(shipment['id']), 'shipment');
    const path = `shipments/${encodeURIComponent(id)}/insure`;
    const answer = await client.post(path, { amount: toMajorString(part) });
    if (answer.kind === 'ok') continue;
    throw carrierUnavailable('carrier.account_refused', {
      message: `EasyPost sold a parcel and does not insure it: ${answer.code}.`,
      fields: { carrierCode: answer.code },
    });
  }
}
