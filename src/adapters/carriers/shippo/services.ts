import type {
  Cancellation,
  CarrierRefusal,
  PickupRequest,
  ScheduledPickup,
  ShippingDocument,
  SoldLabel,
} from '../../../shipment/ports.ts';
import { readable, toRefusal } from '../answers.ts';
import type { CarrierClient } from '../http.ts';
import { objectsIn, printableId, text } from '../json-value.ts';
import { isSold, type Json, statusOf } from './answer.ts';
import { toAddress } from './request.ts';
import { readHeld } from './sold.ts';

const LONGEST_URL = 2_000;

const soldOf = async (
  client: CarrierClient,
  { carrierShipmentId }: Pick<SoldLabel, 'carrierShipmentId'>,
) => (await readHeld(client, carrierShipmentId))?.sold;

const GIVEN_BACK: Readonly<Record<string, Cancellation>> = {
  REFUNDED: { kind: 'voided' },
  REFUNDPENDING: { kind: 'requested' },
  SUCCESS: { kind: 'voided' },
  QUEUED: { kind: 'requested' },
  PENDING: { kind: 'requested' },
};

/** Gives every label of a shipment back. A refund is asked for once: its state shows at the label. */
export const cancel = async (
  client: CarrierClient,
  label: SoldLabel,
): Promise<Cancellation | CarrierRefusal> => {
  let outcome: Cancellation = { kind: 'voided' };
  for (const transaction of (await soldOf(client, label))?.transactions.filter(isSold) ?? []) {
    const status = statusOf(transaction);
    const refunded =
      status === 'SUCCESS' ? await refund(client, transaction) : (GIVEN_BACK[status] ?? REJECTED);
    if (refunded.kind === 'refused') return refunded;
    if (refunded.kind === 'requested') outcome = refunded;
  }
  return outcome;
};

const REJECTED = toRefusal({ code: 'REFUND.REJECTED', fields: [] });

const refund = async (
  client: CarrierClient,
  transaction: Json,
): Promise<Cancellation | CarrierRefusal> => {
  const answer = await client.post('refunds', {
    transaction: readable(printableId(transaction['object_id']), 'transaction'),
    async: false,
  });
  if (answer.kind === 'refused') return toRefusal(answer);
  return GIVEN_BACK[statusOf(answer.body)] ?? REJECTED;
};

export const documents = async (
  client: CarrierClient,
  label: SoldLabel,
): Promise<readonly ShippingDocument[]> =>
  ((await soldOf(client, label))?.transactions ?? [])
    .filter(isSold)
    .flatMap((transaction) => [
      ...paper('label', transaction['label_url']),
      ...paper('commercial_invoice', transaction['commercial_invoice_url']),
    ]);

const paper = (type: ShippingDocument['type'], value: unknown): readonly ShippingDocument[] => {
  const url = text(value, LONGEST_URL);
  return url === '' ? [] : [{ type, format: 'pdf', url }];
};

/** The carrier that sold the label comes: Shippo asks for its account. */
export const schedulePickup = async (
  client: CarrierClient,
  request: PickupRequest,
): Promise<ScheduledPickup | CarrierRefusal> => {
  const held = await readHeld(client, request.carrierShipmentId);
  const sold = held?.sold;
  if (held === undefined || sold === undefined) {
    return toRefusal({ code: 'PICKUP.NO_LABEL', fields: [] });
  }
  const rate = objectsIn(held.shipment['rates']).find(
    ({ object_id: id }) => id === sold.rate.rateId,
  );
  const answer = await client.post('pickups', {
    carrier_account: rate?.['carrier_account'],
    location: {
      building_location_type: 'Front Door',
      // Shippo wants a state of every address where a courier comes, an empty one where there is none.
      address: { ...toAddress(request.address), state: request.address.state ?? '' },
      instructions: request.instructions,
    },
    transactions: sold.transactions.map(({ object_id: id }) => id),
    requested_start_time: request.readyAt,
    requested_end_time: request.closesAt,
    metadata: request.reference,
  });
  if (answer.kind === 'refused') return toRefusal(answer);
  if (statusOf(answer.body) === 'ERROR') return toRefusal({ code: 'PICKUP.ERROR', fields: [] });
  const confirmation = printableId(answer.body['confirmation_code']);
  return {
    kind: 'scheduled',
    pickupId: readable(printableId(answer.body['object_id']), 'pickup'),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
};
