import { at, idOf, isObject, objectsIn, printableId, text } from '../json-value.ts';
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
import { type ScanTime, scanTime } from '../scan-time.ts';
import { ship24Meaning } from './status.ts';

type Tracking = Readonly<Record<string, unknown>>;

/**
 * Reads Ship24's webhook, which may hold several trackings and only the events since the last one,
 * and what its API answers. One parcel may have two tracking numbers: its tracker is its identity.
 */
export const readShip24: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const trackings = [
    payload,
    ...objectsIn(payload['tracking']),
    ...objectsIn(payload['trackings']),
    ...objectsIn(at(payload, 'data', 'trackings')),
  ].filter(isTracking);
  const deliveryId = printableId(at(trackings[0], 'metadata', 'messageId'));
  const [error] = objectsIn(payload['errors']);
  const message = text(error?.['message'] ?? error?.['code'], 200);
  return trackingReading(trackings.flatMap(toParcel), {
    deliveryId: trackings.length === 1 ? deliveryId : undefined,
    otherwise: message === '' ? 'No tracking result in it.' : `An error answer: ${message}`,
  });
};

/** A tracker that was only made has no shipment and no events. */
const isTracking = (value: Tracking): boolean =>
  isObject(value['shipment']) || (Array.isArray(value['events']) && isObject(value['tracker']));

const toParcel = (tracking: Tracking): readonly ReadParcel[] => {
  const { tracker, shipment } = tracking;
  const trackingNumber =
    idOf(at(tracker, 'trackingNumber')) ??
    idOf(objectsIn(at(shipment, 'trackingNumbers'))[0]?.['tn']);
  const trackerId =
    idOf(at(tracker, 'trackerId')) ?? idOf(at(shipment, 'shipmentId')) ?? trackingNumber;
  if (trackerId === undefined) return [];
  const told = {
    provider: 'ship24',
    parcel: trackerId,
    scans: inOrder(objectsIn(tracking['events'])).map(tellScan),
    summary: tellSummary(tracking),
  };
  return [readParcel(told, { trackerId, trackingNumber })];
};

/** `order` counts up as things happen; without it the newest event comes first. */
const inOrder = (events: readonly Tracking[]): readonly Tracking[] =>
  events.every(({ order }) => typeof order === 'number')
    ? events.toSorted((left, right) => Number(left['order']) - Number(right['order']))
    : events.toReversed();

const tellScan = (event: Tracking): ToldScan => {
  const milestone = codeOf(event['statusMilestone']);
  const code = codeOf(event['statusCode']);
  const words = text(event['status'], LONGEST_TEXT);
  return {
    meaning: explained(ship24Meaning(milestone, code), words),
    rawStatus: rawPair(milestone, code),
    rawCode: code,
    time: timeOf(event),
    place: placeIn(event['location']),
    eventId: printableId(event['eventId']),
    text: words,
  };
};

const placeIn = (location: unknown) => {
  if (!isObject(location)) return placeOf(location);
  const { city, state, country, countryIso2 } = location;
  return placeOf(city, state, countryIso2 ?? country);
};

/** The time where it happened, whose offset is often not known: `datetime` only repeats it. */
const timeOf = (event: Tracking): ScanTime | undefined =>
  scanTime(event['occurrenceDatetime'], event['utcOffset']) ?? scanTime(event['datetime']);

const tellSummary = ({ shipment, metadata }: Tracking): ToldSummary | undefined => {
  const milestone = codeOf(at(shipment, 'statusMilestone'));
  const code = codeOf(at(shipment, 'statusCode'));
  if (milestone === '') return undefined;
  return {
    meaning: ship24Meaning(milestone, code),
    rawStatus: rawPair(milestone, code),
    reportedAt: scanTime(at(metadata, 'generatedAt')),
  };
};
