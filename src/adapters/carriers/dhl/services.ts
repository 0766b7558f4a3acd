import type {
  CarrierRefusal,
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
  { trackingNumber }: SoldLabel,
): Promise<readonly ShippingDocument[]> => {
  const papers = await Promise.all(
    ['waybill', 'commercial-invoice'].map(async (typeCode) => {
      const images = await imagesOf(desk, trackingNumber, typeCode);
      return images.flatMap((image) => toDocument({ typeCode, ...image }));
    }),
  );
  // A waybill is what DHL calls the label once it is archived.
  return papers
    .flat()
    .map((paper) => (paper.type === 'waybill' ? { ...paper, type: 'label' as const } : paper));
};

/** DHL archives papers by month: what is not there in this one may be in the last. */
async function imagesOf(
  { client, accountNumber, now }: Desk,
  trackingNumber: string,
  typeCode: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  for (const pickupYearAndMonth of [monthOf(now(), 0), monthOf(now(), 1)]) {
    const query = new URLSearchParams({
      ...{ shipperAccountNumber: accountNumber, typeCode, pickupYearAndMonth },
    });
    const path = `shipments/${encodeURIComponent(trackingNumber)}/get-image?${query}`;
    const images = objectsIn(found(await client.get(path))?.['documents']);
    if (images.length > 0) return images;
  }
  return [];
}

/** `2026-11`, so many months before. */
const monthOf = (at: Date, monthsBefore: number): string =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - monthsBefore))
    .toISOString()
    .slice(0, 7);

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
