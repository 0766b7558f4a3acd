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
import { scanTime } from '../scan-time.ts';
import { afterShipMeaning } from './status.ts';

type Tracking = Readonly<Record<string, unknown>>;

/**
 * Reads AfterShip's webhooks (`{ event, msg }`), the answers of its API in every version (`data`,
 * `data.tracking`, `data.trackings`, `data.checkpoint`), and a tracking alone.
 */
export const readAfterShip: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const deliveryId = printableId(payload['event_id']);
  const parcels = trackingsOf(payload).flatMap(toParcel);
  const event = text(payload['event'], 100);
  if (parcels.length === 0 && event !== '' && event !== 'tracking_update') {
    return { kind: 'ignored', what: event, ...(deliveryId === undefined ? {} : { deliveryId }) };
  }
  const message = text(at(payload, 'meta', 'message'), 200);
  return trackingReading(parcels, {
    deliveryId,
    otherwise: message === '' ? 'No tracking with a status in it.' : `An error answer: ${message}`,
  });
};

const trackingsOf = (payload: Tracking): readonly Tracking[] => {
  const { data, msg } = payload;
  return [
    payload,
    ...objectsIn(msg),
    ...objectsIn(payload['tracking']),
    ...objectsIn(payload['trackings']),
    ...objectsIn(data),
    ...objectsIn(at(data, 'tracking')),
    ...objectsIn(at(data, 'trackings')),
  ].filter(isTracking);
};

/** A tracking that was only registered has neither a tag nor checkpoints. */
const isTracking = (value: Tracking): boolean =>
  (idOf(value['tracking_number']) ?? idOf(value['id'])) !== undefined &&
  (typeof value['tag'] === 'string' ||
    isObject(value['checkpoint']) ||
    objectsIn(value['checkpoints']).length > 0);

const toParcel = (tracking: Tracking): readonly ReadParcel[] => {
  const trackingNumber = idOf(tracking['tracking_number']);
  const trackerId = idOf(tracking['id']) ?? trackingNumber;
  if (trackerId === undefined) return [];
  const checkpoints = [
    ...objectsIn(tracking['checkpoints']),
    ...objectsIn(tracking['checkpoint']),
  ].map(tellScan);
  const told = {
    provider: 'aftership',
    parcel: trackingNumber ?? trackerId,
    scans: checkpoints,
    summary: tellSummary(tracking),
  };
  return [readParcel(told, { trackerId, trackingNumber })];
};

const tellScan = (checkpoint: Tracking): ToldScan => {
  const tag = codeOf(checkpoint['tag']);
  const subtag = codeOf(checkpoint['subtag']);
  const message = text(checkpoint['message'], LONGEST_TEXT);
  return {
    meaning: explained(afterShipMeaning(tag, subtag), message),
    rawStatus: rawPair(tag, subtag),
    rawCode: codeOf(checkpoint['raw_tag']),
    time: scanTime(checkpoint['checkpoint_time'] ?? checkpoint['created_at']),
    place: placeOf(checkpoint['city'], checkpoint['state'], countryOf(checkpoint)),
    text: message,
  };
};

/** Newer versions tell two letters, older ones three: those stay out of the place. */
const countryOf = (checkpoint: Tracking): unknown =>
  checkpoint['country_region'] ?? checkpoint['country_iso2'] ?? checkpoint['country'];

const tellSummary = (tracking: Tracking): ToldSummary | undefined => {
  const tag = codeOf(tracking['tag']);
  const subtag = codeOf(tracking['subtag']);
  if (tag === '') return undefined;
  return {
    meaning: explained(afterShipMeaning(tag, subtag), text(tracking['subtag_message'], 200)),
    rawStatus: rawPair(tag, subtag),
    reportedAt:
      scanTime(tracking['last_updated_at']) ??
      scanTime(tracking['updated_at']) ??
      scanTime(tracking['created_at']),
  };
};
