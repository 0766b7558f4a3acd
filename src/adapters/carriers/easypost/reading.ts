import { at, isObject, objectsIn, printableId, text } from '../json-value.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { tellTracker } from './parse-tracker.ts';

/**
 * Reads what EasyPost sends by webhook (an Event with its result) or answers (a Tracker, a list of
 * them, or a Shipment, Insurance or Event that holds one).
 */
export const readEasyPost: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const deliveryId = payload['object'] === 'Event' ? printableId(payload['id']) : undefined;
  const parcels = trackersOf(payload).flatMap(toParcel);
  if (parcels.length > 0) return trackingReading(parcels, { deliveryId, otherwise: '' });
  const error = errorOf(payload);
  if (error !== undefined) return { kind: 'unreadable', reason: error };
  const description = text(payload['description'], 100);
  return payload['object'] === 'Event' && description !== '' && isObject(payload['result'])
    ? { kind: 'ignored', what: description, ...(deliveryId === undefined ? {} : { deliveryId }) }
    : { kind: 'unreadable', reason: 'No tracker in it.' };
};

/** Wherever EasyPost puts trackers: itself, in a list, in an event's result, in what it belongs to. */
const trackersOf = (
  payload: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] => {
  const holders = [payload, ...objectsIn(payload['result']), ...objectsIn(payload['events'])];
  return holders
    .flatMap((holder) => [
      ...[holder, ...objectsIn(holder['result'])].filter(isTracker),
      ...objectsIn(holder['tracker']).filter(isTracker),
      ...objectsIn(holder['trackers']).filter(isTracker),
      ...objectsIn(holder['shipments'])
        .flatMap(({ tracker }) => objectsIn(tracker))
        .filter(isTracker),
    ])
    .filter((tracker, index, all) => all.indexOf(tracker) === index);
};

const isTracker = (value: Readonly<Record<string, unknown>>): boolean =>
  value['object'] === 'Tracker' ||
  (typeof value['tracking_code'] === 'string' && Array.isArray(value['tracking_details']));

const toParcel = (tracker: Readonly<Record<string, unknown>>): readonly ReadParcel[] => {
  const trackingNumber = printableId(tracker['tracking_code']);
  const trackerId = printableId(tracker['id']) ?? trackingNumber;
  if (trackerId === undefined) return [];
  const told = tellTracker(tracker, trackingNumber ?? trackerId);
  return [readParcel(told, { trackerId, trackingNumber })];
};

const errorOf = (payload: Readonly<Record<string, unknown>>): string | undefined => {
  const message = text(at(payload, 'error', 'message'), 200);
  const code = text(at(payload, 'error', 'code'), 100);
  return message === '' && code === '' ? undefined : `An error answer: ${code} ${message}`.trim();
};
