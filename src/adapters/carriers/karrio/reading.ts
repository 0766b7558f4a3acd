import { at, idOf, isObject, objectsIn, printableId, text } from '../json-value.ts';
import { explained, lookUp, type Meaning, type MeaningTable, UNMAPPED } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, placeOf, type ToldScan, type ToldSummary } from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { type ScanTime, scanTime, scanTimeOf } from '../scan-time.ts';

type Item = Readonly<Record<string, unknown>>;

/** karrio's unified statuses (docs.karrio.io, tracking). */
const byStatus: MeaningTable = {
  pending: 'label_created',
  picked_up: 'picked_up',
  in_transit: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  ready_for_pickup: 'available_for_pickup',
  delivery_failed: 'delivery_attempted',
  delivery_delayed: 'exception/carrier_delay',
  on_hold: 'exception',
  return_to_sender: 'returning',
  delivered: 'delivered',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

const karrioMeaning = (status: string): Meaning =>
  lookUp(byStatus, status.toLowerCase()) ?? UNMAPPED;

/** Reads karrio's `tracker.*` webhooks, its trackers alone or listed, and what its SDK returns. */
export const readKarrio: CarrierParser = (payload) => {
  const holders = (Array.isArray(payload) ? payload.flat() : [payload]).filter(isObject);
  const trackers = holders
    .flatMap((holder) => [
      holder,
      ...objectsIn(holder['data']),
      ...objectsIn(holder['tracking']),
      ...objectsIn(holder['results']),
    ])
    .filter(isTracker);
  const event = text(holders[0]?.['event'], 100);
  if (trackers.length === 0 && event !== '') return { kind: 'ignored', what: event };
  const messages = holders.flatMap((holder) => [
    ...objectsIn(holder['messages']),
    ...objectsIn(holder['errors']),
  ]);
  return trackingReading(trackers.flatMap(toParcel), {
    deliveryId: printableId(holders[0]?.['id']),
    problems: messages.map((message) => `karrio: ${text(message['message'], 200)}`),
    otherwise: 'No tracker in it.',
  });
};

const isTracker = (value: Item): boolean =>
  idOf(value['tracking_number']) !== undefined &&
  (typeof value['status'] === 'string' || typeof value['delivered'] === 'boolean') &&
  (value['object_type'] === 'tracker' || 'carrier_name' in value || 'carrier_id' in value) &&
  (Array.isArray(value['events']) || 'delivered' in value);

const toParcel = (tracker: Item): readonly ReadParcel[] => {
  const trackingNumber = idOf(tracker['tracking_number']);
  const trackerId = idOf(tracker['id']) ?? trackingNumber;
  if (trackerId === undefined) return [];
  const told = {
    provider: 'karrio',
    parcel: trackingNumber ?? trackerId,
    scans: objectsIn(tracker['events']).map(tellScan).toReversed(),
    summary: tellSummary(tracker),
  };
  return [readParcel(told, { trackerId, trackingNumber })];
};

/** The code of an event is the carrier's own: only its status, where it has one, is karrio's. */
const tellScan = (event: Item): ToldScan => {
  const status = codeOf(event['status']);
  const words = text(event['description'] ?? event['reason'], LONGEST_TEXT);
  return {
    meaning:
      status === '' ? { status: 'unknown' } : explained(karrioMeaning(status), reasonWords(event)),
    rawStatus: status,
    rawCode: codeOf(event['code']),
    time: timeOf(event),
    place: placeOf(event['location']),
    text: words,
  };
};

/** `customs_documentation`, `consignee_refused` and the like, as words. */
const reasonWords = ({ reason, description }: Item): string =>
  `${text(reason, LONGEST_TEXT).replaceAll('_', ' ')} ${text(description, LONGEST_TEXT)}`;

const timeOf = (event: Item): ScanTime | undefined => {
  const { date, time, timestamp } = event;
  // karrio writes local times behind a Z.
  const local = scanTime(text(timestamp, 40).replace(/Z$/, '')) ?? scanTimeOf({ date, time });
  return local === undefined ? undefined : { ...local, timeZoneKnown: false };
};

const tellSummary = (tracker: Item): ToldSummary | undefined => {
  const told = codeOf(tracker['status']);
  const status = told === '' && tracker['delivered'] === true ? 'delivered' : told;
  if (status === '') return undefined;
  const meaning = karrioMeaning(status);
  const isDenied = tracker['delivered'] === true && meaning.status !== 'delivered';
  return {
    meaning: isDenied ? { ...meaning, contradictory: true } : meaning,
    rawStatus: status,
    reportedAt: scanTime(at(tracker, 'updated_at')) ?? scanTime(at(tracker, 'created_at')),
  };
};
