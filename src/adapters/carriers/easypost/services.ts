import type {
  Cancellation,
  CarrierRefusal,
  ShippingDocument,
  SoldLabel,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn, printableId, text } from '../json-value.ts';
import type { EasyPostClient } from './client.ts';
import { isOrder, orderPath } from './orders.ts';
import { toDocuments } from './shipment-answer.ts';

type Json = Readonly<Record<string, unknown>>;

/** The one shipment of a label, or the shipments of an order; none where EasyPost knows neither. */
export const shipmentsOf = async (
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
