import { idOf, isObject, objectsIn, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import {
  codeOf,
  LONGEST_TEXT,
  placeOf,
  rawPair,
  type ToldScan,
  type ToldSummary,
} from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { scanTime } from '../scan-time.ts';
import { shipEngineMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/** Reads ShipEngine's (ShipStation's) track webhooks, and what `/tracking` and a label's track answer. */
export const readShipEngine: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const type = text(payload['resource_type'], 100);
  const holders = [payload, ...objectsIn(payload['data']), ...objectsIn(payload['body'])];
  const parcels = holders.filter(isTracking).flatMap((item) => toParcel(item, payload));
  if (parcels.length === 0 && type !== '' && !type.includes('TRACK')) {
    return { kind: 'ignored', what: type };
  }
  return trackingReading(parcels, { otherwise: errorOf(holders) ?? 'No tracking in it.' });
};

/** A label has a `tracking_status` of its own, which is no tracking. */
const isTracking = (value: Item): boolean =>
  typeof value['status_code'] === 'string' ||
  ('tracking_number' in value &&
    objectsIn(value['events']).some((event) => 'occurred_at' in event));

const errorOf = (holders: readonly Item[]): string | undefined => {
  const [error] = holders.flatMap((holder) => [
    ...objectsIn(holder['errors']),
    ...objectsIn(holder['error']),
  ]);
  return error === undefined
    ? undefined
    : `An error answer: ${text(error['error_code'], 60)} ${text(error['message'], 200)}`;
};

const toParcel = (item: Item, { resource_url: url }: Item): readonly ReadParcel[] => {
  const trackingNumber = idOf(item['tracking_number']);
  const trackerId = trackingNumber ?? idOf(/se-[\w-]+/.exec(text(url, 500))?.[0]);
  if (trackerId === undefined) return [];
  const told = {
    provider: 'shipengine',
    parcel: trackerId,
    scans: objectsIn(item['events']).map(tellScan).toReversed(),
    summary: tellSummary(item),
  };
  return [readParcel(told, { trackerId, trackingNumber })];
};

const tellScan = (event: Item): ToldScan => {
  const status = codeOf(event['status_code']);
  const detail = codeOf(event['status_detail_code']);
  const words = text(event['description'], LONGEST_TEXT);
  return {
    meaning: explained(shipEngineMeaning(status, detail), words),
    rawStatus: rawPair(status, detail),
    rawCode: codeOf(event['carrier_status_code'] ?? event['event_code']),
    time: scanTime(event['occurred_at']) ?? scanTime(event['carrier_occurred_at']),
    place: placeOf(event['city_locality'], event['state_province'], event['country_code']),
    text: words,
  };
};

const tellSummary = (item: Item): ToldSummary | undefined => {
  const status = codeOf(item['status_code']);
  const detail = codeOf(item['status_detail_code']);
  if (status === '') return undefined;
  const said = shipEngineMeaning(status, detail);
  const isDenied = said.status !== 'delivered' && item['status_description'] === 'Delivered';
  return {
    meaning: explained(
      isDenied ? { ...said, contradictory: true } : said,
      text(item['exception_description'] ?? item['carrier_status_description'], LONGEST_TEXT),
    ),
    rawStatus: rawPair(status, detail),
    rawCode: codeOf(item['carrier_status_code']),
    enteredAt: status.toUpperCase() === 'DE' ? scanTime(item['actual_delivery_date']) : undefined,
    reportedAt: scanTime(item['ship_date']),
  };
};
