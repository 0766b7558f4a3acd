import type { Ids } from './ids.ts';
import type { Rate } from './objects.ts';

type Service = {
  carrier: string;
  service: string;
  baseCents: number;
  centsPerOunce: number;
  days: number;
};

/** Invented tariffs of the right order: nobody's price list. */
const acrossBorders: readonly Service[] = [
  { carrier: 'UPS', service: 'UPSSaver', baseCents: 4_210, centsPerOunce: 27, days: 3 },
  { carrier: 'UPS', service: 'Expedited', baseCents: 3_380, centsPerOunce: 22, days: 5 },
  {
    carrier: 'FedEx',
    service: 'INTERNATIONAL_PRIORITY',
    baseCents: 4_655,
    centsPerOunce: 29,
    days: 3,
  },
  {
    carrier: 'DHLExpress',
    service: 'ExpressWorldwide',
    baseCents: 3_990,
    centsPerOunce: 24,
    days: 3,
  },
];

const withinCountry: readonly Service[] = [
  { carrier: 'USPS', service: 'Express', baseCents: 3_310, centsPerOunce: 9, days: 2 },
  { carrier: 'USPS', service: 'Priority', baseCents: 690, centsPerOunce: 6, days: 2 },
  { carrier: 'USPS', service: 'GroundAdvantage', baseCents: 593, centsPerOunce: 4, days: 3 },
];

/** Quotes every service that goes that way, in dollars, by weight. */
export function quoteRates(parcel: {
  ids: Ids;
  shipmentId: string;
  ounces: number;
  crossesBorder: boolean;
  at: string;
}): Rate[] {
  const { ids, shipmentId, ounces, crossesBorder, at } = parcel;
  return (crossesBorder ? acrossBorders : withinCountry).map((service) => {
    const cents = service.baseCents + Math.ceil(service.centsPerOunce * ounces);
    const price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    return {
      ...{ id: ids.next('rate'), object: 'Rate', created_at: at, updated_at: at, mode: 'test' },
      ...{ service: service.service, carrier: service.carrier, rate: price, currency: 'USD' },
      ...{ retail_rate: price, retail_currency: 'USD', list_rate: price, list_currency: 'USD' },
      ...{ billing_type: 'easypost', delivery_days: service.days, delivery_date: null },
      ...{ delivery_date_guaranteed: false, est_delivery_days: service.days },
      ...{ shipment_id: shipmentId, carrier_account_id: 'ca_sandbox' },
    };
  });
}

/** A tracking code in the form that the carrier prints. */
export function newTrackingCode(ids: Ids, carrier: string): string {
  switch (carrier) {
    case 'UPS':
      return `1Z${ids.hex(6).toUpperCase()}${ids.digits(10)}`;
    case 'FedEx':
      return `7${ids.digits(11)}`;
    case 'DHLExpress':
      return `4${ids.digits(9)}`;
    default:
      return `9400${ids.digits(18)}`;
  }
}
