import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
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
import { shippoMeaning } from './status.ts';

/** Reads Shippo's `track_updated` webhook, or what `/tracks` answers. */
export const readShippo: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const event = text(payload['event'], 100);
  const inside = isObject(payload['data']) ? payload['data'] : payload;
  if (event !== '' && event !== 'track_updated' && !isTrack(inside)) {
    return { kind: 'ignored', what: event };
  }
  const tracks = [inside, ...objectsIn(inside['results'])].filter(isTrack);
  const detail = text(payload['detail'], 200);
  return trackingReading(tracks.flatMap(toParcel), {
    otherwise: detail === '' ? 'No tracking in it.' : `An error answer: ${detail}`,
  });
};

/**
 * A Track, or a Transaction that says how far its parcel is: in words, or as a Track in old API
 * versions. A label that was only bought says nothing, or that it does not know.
 */
const isTrack = (value: Readonly<Record<string, unknown>>): boolean =>
  idOf(value['tracking_number']) !== undefined &&
  (Array.isArray(value['tracking_history']) || saysStatus(value['tracking_status'])) &&
  !('label_url' in value && value['tracking_status'] === null);

const words = new Set(['PRE_TRANSIT', 'TRANSIT', 'DELIVERED', 'RETURNED', 'FAILURE']);

const saysStatus = (status: unknown): boolean => isObject(status) || words.has(codeOf(status));

const toParcel = (track: Readonly<Record<string, unknown>>): readonly ReadParcel[] => {
  const trackingNumber = idOf(track['tracking_number']);
  if (trackingNumber === undefined) return [];
  const history = objectsIn(track['tracking_history']).map(tellScan);
  const told = {
    provider: 'shippo',
    parcel: trackingNumber,
    scans: [...history].sort((left, right) => compare(left, right)),
    summary: tellSummary(track['tracking_status']),
  };
  const trackerId = idOf(track['transaction']) ?? trackingNumber;
  return [readParcel(told, { trackerId, trackingNumber })];
};

/** The order of the history is not promised. */
const compare = ({ time: left }: ToldScan, { time: right }: ToldScan): number =>
  (left?.occurredAt ?? '') < (right?.occurredAt ?? '') ? -1 : 1;

const codesOf = (scan: unknown) => ({
  status: codeOf(at(scan, 'status')),
  substatus: codeOf(at(scan, 'substatus', 'code') ?? at(scan, 'substatus')),
});

const tellScan = (scan: Readonly<Record<string, unknown>>): ToldScan => {
  const { status, substatus } = codesOf(scan);
  const { city, state, country } = isObject(scan['location']) ? scan['location'] : {};
  return {
    meaning: shippoMeaning(status, substatus),
    rawStatus: rawPair(status, substatus),
    time: scanTime(scan['status_date']),
    place: placeOf(city, state, country),
    text: text(scan['status_details'], LONGEST_TEXT),
  };
};

const tellSummary = (value: unknown): ToldSummary | undefined => {
  const told = typeof value === 'string' ? { status: value } : value;
  const { status, substatus } = codesOf(told);
  if (status === '') return undefined;
  return {
    meaning: shippoMeaning(status, substatus),
    rawStatus: rawPair(status, substatus),
    enteredAt: scanTime(at(told, 'status_date')),
    reportedAt: scanTime(at(told, 'object_updated') ?? at(told, 'object_created')),
  };
};
