import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
import {
  codeOf,
  LONGEST_TEXT,
  type Place,
  placeOf,
  rawPair,
  type ToldScan,
  type ToldSummary,
} from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { type ScanTime, scanTime, scanTimeOf } from '../scan-time.ts';
import { seventeenEventMeaning, seventeenMeaning, seventeenNumberMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Reads 17TRACK's `TRACKING_UPDATED` webhook and what `gettrackinfo`, `gettracklist` and
 * `getRealTimeTrackInfo` answer, in versions 1 and 2.
 */
export const read17Track: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const { data } = payload;
  const items = [payload, ...objectsIn(data), ...objectsIn(at(data, 'accepted'))];
  const parcels = items.flatMap(toParcel);
  const event = text(payload['event'], 100);
  if (parcels.length === 0 && event !== '' && event !== 'TRACKING_UPDATED') {
    return { kind: 'ignored', what: event };
  }
  const problems = [...objectsIn(at(data, 'rejected')), ...objectsIn(at(data, 'errors'))].map(
    rejection,
  );
  return trackingReading(parcels, { problems, otherwise: 'No tracking with a status in it.' });
};

const rejection = (rejected: Item): string => {
  const number = text(rejected['number'], 60);
  const message = text(at(rejected, 'error', 'message') ?? rejected['message'], 200);
  return `Rejected: ${number} ${message}`.trim();
};

const toParcel = (item: Item): readonly ReadParcel[] => {
  const number = idOf(item['number']);
  if (number === undefined) return [];
  const told = toldOf(item);
  if (told === undefined) return [];
  return [
    readParcel(
      { provider: '17track', parcel: number, ...told },
      { trackerId: number, trackingNumber: number },
    ),
  ];
};

type ToldItem = {
  readonly scans: readonly ToldScan[];
  readonly summary?: ToldSummary | undefined;
};

/** A number that was only registered tells nothing yet. */
const toldOf = (item: Item): ToldItem | undefined => {
  if (isObject(item['track_info'])) return tellInfo(item['track_info']);
  if (isObject(item['track'])) return tellFirstVersion(item['track']);
  return typeof item['package_status'] === 'string'
    ? { scans: [], summary: tellListed(item) }
    : undefined;
};

const tellInfo = (info: Item): ToldItem => {
  const providers = objectsIn(at(info, 'tracking', 'providers'));
  const scans = providers.flatMap((provider) =>
    objectsIn(provider['events']).map(tellScan).toReversed(),
  );
  const status = codeOf(at(info, 'latest_status', 'status'));
  const subStatus = codeOf(at(info, 'latest_status', 'sub_status'));
  if (status === '') return { scans };
  const reportedAt = timeOf(at(info, 'latest_event'));
  const meaning = seventeenMeaning(status, subStatus);
  return { scans, summary: { meaning, rawStatus: rawPair(status, subStatus), reportedAt } };
};

const tellScan = (event: Item): ToldScan => {
  const stage = codeOf(event['stage']);
  const subStatus = codeOf(event['sub_status']);
  return {
    meaning: seventeenEventMeaning(subStatus, stage),
    rawStatus: subStatus === '' ? stage : subStatus,
    rawCode: subStatus === '' ? '' : stage,
    time: timeOf(event),
    place: placeIn(event),
    text: text(event['description'], LONGEST_TEXT),
  };
};

/** The UTC time, the time with its offset, else the carrier's own text, which may lack a zone. */
const timeOf = (event: unknown): ScanTime | undefined => {
  const { date, time, timezone } = (at(event, 'time_raw') ?? {}) as Record<string, unknown>;
  return (
    scanTime(at(event, 'time_utc')) ??
    scanTime(at(event, 'time_iso'), timezone) ??
    scanTimeOf({ date, time, zone: timezone })
  );
};

const placeIn = (event: Item): Place | undefined => {
  const { city, state, country } = isObject(event['address']) ? event['address'] : {};
  return placeOf(city ?? event['location'], state, country);
};

/** The first version: a status number, and for each carrier a list of `{ a: time, z: text }`. */
const tellFirstVersion = (track: Item): ToldItem => {
  const scans = ['z1', 'z2'].flatMap((list) =>
    objectsIn(track[list])
      .map((event): ToldScan => {
        const words = text(event['z'], LONGEST_TEXT);
        return {
          meaning: { status: 'unknown' },
          rawStatus: 'event',
          time: scanTime(event['a']),
          place: placeOf(event['c']),
          text: words,
        };
      })
      .toReversed(),
  );
  const code = codeOf(track['e']);
  const reportedAt = scanTime(at(track, 'z0', 'a'));
  return code === ''
    ? { scans }
    : { scans, summary: { meaning: seventeenNumberMeaning(code), rawStatus: code, reportedAt } };
};

const tellListed = (item: Item): ToldSummary => {
  const status = codeOf(item['package_status']);
  return {
    meaning: seventeenMeaning(status, ''),
    rawStatus: status,
    enteredAt: scanTime(item['latest_event_time']),
    reportedAt: scanTime(item['track_time']) ?? scanTime(item['register_time']),
  };
};
