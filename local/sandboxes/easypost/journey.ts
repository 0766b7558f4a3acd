import type { EasyPostAddress, TrackingLocation } from './objects.ts';

/** A scan that is still to come: everything but its time. */
export type Step = {
  status: string;
  status_detail: string;
  message: string;
  place: TrackingLocation;
};

type Place = { city: string; state: string | null; country: string };

/** Where express carriers change planes, by country; elsewhere the address's own city serves. */
const hubByCountry: Readonly<Record<string, Place>> = {
  AU: { city: 'SYDNEY', state: 'NSW', country: 'AU' },
  BR: { city: 'CAMPINAS', state: 'SP', country: 'BR' },
  CN: { city: 'SHENZHEN', state: 'GD', country: 'CN' },
  DE: { city: 'LEIPZIG', state: 'SN', country: 'DE' },
  ES: { city: 'VITORIA', state: null, country: 'ES' },
  FR: { city: 'ROISSY', state: null, country: 'FR' },
  GB: { city: 'EAST MIDLANDS', state: null, country: 'GB' },
  HK: { city: 'HONG KONG', state: null, country: 'HK' },
  IN: { city: 'MUMBAI', state: 'MH', country: 'IN' },
  IT: { city: 'BERGAMO', state: null, country: 'IT' },
  JP: { city: 'NARITA', state: null, country: 'JP' },
  KR: { city: 'INCHEON', state: null, country: 'KR' },
  MX: { city: 'TOLUCA', state: null, country: 'MX' },
  NL: { city: 'AMSTERDAM', state: null, country: 'NL' },
  PL: { city: 'WARSAW', state: null, country: 'PL' },
  SG: { city: 'SINGAPORE', state: null, country: 'SG' },
  TR: { city: 'ISTANBUL', state: null, country: 'TR' },
  US: { city: 'MEMPHIS', state: 'TN', country: 'US' },
};

const toLocation = (
  { city, state, country }: Place,
  zip: string | null = null,
): TrackingLocation => ({
  object: 'TrackingLocation',
  city,
  state,
  country,
  zip,
});

const townOf = ({ city, state, country, zip }: EasyPostAddress): TrackingLocation =>
  toLocation({ city: city?.toUpperCase() ?? country, state, country }, zip);

const hubOf = (address: EasyPostAddress): TrackingLocation => {
  const hub = hubByCountry[address.country];
  return hub === undefined ? townOf(address) : toLocation(hub);
};

export const nowhere: TrackingLocation = {
  object: 'TrackingLocation',
  city: null,
  state: null,
  country: null,
  zip: null,
};

const step = (codes: string, message: string, place: TrackingLocation): Step => {
  const [status = '', detail = ''] = codes.split('/');
  return { status, status_detail: detail, message, place };
};

/** The scans of a parcel from one address to another, with customs where there is a border. */
export function journeyBetween(from: EasyPostAddress, to: EasyPostAddress): Step[] {
  const [origin, destination] = [townOf(from), townOf(to)];
  const border =
    from.country === to.country
      ? []
      : [
          step('in_transit/status_update', 'Customs clearance processing', hubOf(to)),
          step('in_transit/status_update', 'Customs clearance completed', hubOf(to)),
        ];
  return [
    step('pre_transit/label_created', 'Shipment information received', origin),
    step('in_transit/received_at_origin_facility', 'Picked up', origin),
    step('in_transit/departed_origin_facility', 'Departed origin facility', origin),
    step('in_transit/arrived_at_facility', 'Arrived at hub', hubOf(from)),
    ...border,
    step('in_transit/arrived_at_facility', 'Arrived at delivery facility', destination),
    step('out_for_delivery/out_for_delivery', 'Out for delivery', destination),
    step('delivered/arrived_at_destination', 'Delivered', destination),
  ];
}

const houston = toLocation({ city: 'HOUSTON', state: 'TX', country: 'US' }, '77063');
const columbia = toLocation({ city: 'COLUMBIA', state: 'SC', country: 'US' }, '29201');
const charleston = toLocation({ city: 'CHARLESTON', state: 'SC', country: 'US' }, '29407');

/** The journey of a tracker that belongs to no shipment of the sandbox. */
export const plainJourney: readonly Step[] = [
  step('pre_transit/status_update', 'Pre-Shipment Info Sent', nowhere),
  step('pre_transit/status_update', 'Shipping Label Created', houston),
  step('in_transit/arrived_at_facility', 'Arrived at Origin Facility', houston),
  step('in_transit/arrived_at_facility', 'Arrived at Facility', columbia),
  step('out_for_delivery/out_for_delivery', 'Out for Delivery', charleston),
  step('delivered/arrived_at_destination', 'Delivered', charleston),
];

const returned = step('return_to_sender/return', 'Returning to Sender', columbia);
const failed = step('failure/failure', 'Undeliverable', columbia);

/** EasyPost's test tracking codes, each with the history that it always answers with. */
const historyByTestCode: Readonly<Record<string, readonly Step[]>> = {
  EZ1000000001: plainJourney.slice(0, 2),
  EZ2000000002: plainJourney.slice(0, 4),
  EZ3000000003: plainJourney.slice(0, 5),
  EZ4000000004: plainJourney,
  EZ5000000005: [...plainJourney.slice(0, 4), returned],
  EZ6000000006: [...plainJourney.slice(0, 4), failed],
  EZ7000000007: [],
};

/** The fixed history behind a test code; undefined for any other code. */
export const testHistory = (trackingCode: string): readonly Step[] | undefined =>
  Object.hasOwn(historyByTestCode, trackingCode) ? historyByTestCode[trackingCode] : undefined;
