import type {
  CanceledPickup,
  CarrierRefusal,
  OrderedPickup,
  PickupRequest,
  ScheduledPickup,
  ShippingDocument,
  SoldLabel,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn, printableId } from '../json-value.ts';
import { toDocument } from './answer.ts';
import type { Desk } from './client.ts';
import { dhlTime, packagesOf, partyDetails } from './request.ts';

/** The label and, across a border, the invoice, as DHL archived them. */
export const documents = async (
  desk: Desk,
  label: SoldLabel,
): Promise<readonly ShippingDocument[]> => {
  const papers = await Promise.all(
    ['waybill', 'commercial-invoice'].map(async (typeCode) => {
      const images = await imagesOf(desk, label, typeCode);
      return images.flatMap((image) => toDocument({ typeCode, ...image }));
    }),
  );
  // A waybill is what DHL calls the label once it is archived.
  return papers
    .flat()
    .map((paper) => (paper.type === 'waybill' ? { ...paper, type: 'label' as const } : paper));
};

/** DHL archives papers by the month of the pickup, which is the label's or the next one. */
async function imagesOf(
  { client, accountNumber, now }: Desk,
  { trackingNumber, purchasedAt }: SoldLabel,
  typeCode: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  for (const pickupYearAndMonth of monthsOf(purchasedAt, now())) {
    const query = new URLSearchParams({
      ...{ shipperAccountNumber: accountNumber, typeCode, pickupYearAndMonth },
    });
    const path = `shipments/${encodeURIComponent(trackingNumber)}/get-image?${query}`;
    const images = objectsIn(found(await client.get(path))?.['documents']);
    if (images.length > 0) return images;
  }
  return [];
}

/** A label of which no time is known is taken for a recent one. */
const monthsOf = (purchasedAt: string | undefined, now: Date): readonly string[] =>
  purchasedAt === undefined
    ? [monthOf(now, 0), monthOf(now, -1)]
    : [monthOf(new Date(purchasedAt), 0), monthOf(new Date(purchasedAt), 1)];

/** `2026-11`, so many months later. */
const monthOf = (at: Date, monthsLater: number): string =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + monthsLater)).toISOString().slice(0, 7);

/** Orders a courier for what was sold. DHL can't be asked whether one was ordered. */
export const schedulePickup = async (
  { client, accountNumber }: Desk,
  request: PickupRequest,
): Promise<ScheduledPickup | CarrierRefusal> => {
  if (request.closesAt <= request.readyAt) {
    return toRefusal({ code: 'PICKUP.TIMES', fields: ['closesAt'] });
  }
  const accounts = [{ typeCode: 'shipper', number: accountNumber }];
  const answer = await client.post('pickups', {
    plannedPickupDateAndTime: dhlTime(new Date(request.readyAt)),
    closeTime: request.closesAt.slice(11, 16),
    location: 'reception',
    locationType: 'business',
    accounts,
    ...(request.instructions === undefined
      ? {}
      : { specialInstructions: [{ value: request.instructions.slice(0, 80), typeCode: 'TBD' }] }),
    remark: request.reference,
    customerDetails: { shipperDetails: partyDetails(request.address) },
    shipmentDetails: [
      {
        productCode: 'P',
        accounts,
        isCustomsDeclarable: false,
        unitOfMeasurement: 'metric',
        shipmentTrackingNumber: request.trackingNumber,
        packages: packagesOf(request.parcels).map(({ weight, dimensions }) => ({
          ...{ weight, dimensions },
        })),
      },
    ],
  });
  if (answer.kind === 'refused') return toRefusal(answer);
  const [number] = [answer.body['dispatchConfirmationNumbers']].flat();
  const pickupId = readable(printableId(number), 'pickup');
  return { kind: 'scheduled', pickupId, confirmation: pickupId };
};

/** DHL wants to know who asks and why. A booking that it does not have brings nobody. */
export const cancelPickup = async (
  { client }: Desk,
  { pickupId }: OrderedPickup,
): Promise<CanceledPickup | CarrierRefusal> => {
  const query = new URLSearchParams({ requestorName: 'Tradelane', reason: 'not needed' });
  const answer = await client.delete(`pickups/${encodeURIComponent(pickupId)}?${query}`);
  return answer.kind === 'refused' && answer.status !== 404
    ? toRefusal(answer)
    : { kind: 'canceled' };
};
