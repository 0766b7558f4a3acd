import {
  isoOf,
  PARCEL_PRICES_MINOR,
  type Parcel,
  type Service,
  type Shipment,
} from './carrier-state.ts';

const SERVICES = Object.keys(PARCEL_PRICES_MINOR) as readonly Service[];

/** The rates of so many parcels under an id, in EasyPost's shape. */
const ratesOf = (id: string, parcelCount = 1) =>
  SERVICES.map((service) =>
    rate(rateId(id, service), PARCEL_PRICES_MINOR[service] * BigInt(parcelCount), service),
  );

const rateId = (id: string, service: Service): string => `rate_${id}_${service}`;

/** The service that is bought: a parcel's rate is named by its id, an order's by carrier and service. */
export const serviceOf = (
  { id }: Shipment,
  { rate: named, service }: { readonly rate?: { readonly id: string }; readonly service?: string },
): Service | undefined => SERVICES.find((one) => one === service || rateId(id, one) === named?.id);

export const rate = (id: string, priceMinor: bigint, service: Service) => ({
  ...{ id, carrier: 'UPS', service, currency: 'USD', delivery_days: 4 },
  rate: `${priceMinor / 100n}.${String(priceMinor % 100n).padStart(2, '0')}`,
});

/** An order is what holds several parcels, or one of them by another name. */
export const isOrder = ({ id, parcels: [first] }: Shipment): boolean => id !== first?.id;

export function objectOf(shipment: Shipment) {
  const { id, reference, parcels } = shipment;
  const [first] = parcels;
  if (first === undefined || !isOrder(shipment)) {
    return shipmentObject(shipment, first ?? { id, label: null, isGivenBack: false });
  }
  return {
    ...{ id, object: 'Order', reference },
    rates: ratesOf(id, parcels.length),
    shipments: parcels.map((parcel) => shipmentObject(shipment, parcel)),
  };
}

/** A parcel of an order has no reference of its own. */
export const shipmentObject = (shipment: Shipment, { id, label, isGivenBack }: Parcel) => ({
  id,
  object: 'Shipment',
  reference: isOrder(shipment) ? null : shipment.reference,
  rates: ratesOf(id),
  ...(isGivenBack ? { refund_status: 'submitted' } : {}),
  ...(label === null
    ? { postage_label: null }
    : {
        postage_label: {
          ...{ object: 'PostageLabel', created_at: isoOf(label.boughtAtMs) },
          ...{ label_file_type: 'image/png', label_url: `https://easypost.invalid/${id}.png` },
        },
        forms: [
          { form_type: 'commercial_invoice', form_url: `https://easypost.invalid/${id}.pdf` },
        ],
        tracking_code: label.trackingNumber,
        tracker: { id: label.trackerId, object: 'Tracker' },
        selected_rate: ratesOf(id).find(({ service }) => service === label.service),
      }),
});
