import type { TrackingEvent } from '../../../tracking/status.ts';
import { isObject, objectsIn, printableId, text, utcInstant } from '../json-value.ts';
import type { Meaning } from '../meaning.ts';
import {
  codeOf,
  dated,
  LONGEST_CODE,
  LONGEST_TEXT,
  placeOf,
  rawPair,
  type Told,
  type ToldScan,
  type ToldSummary,
  trackingEvents,
} from '../parcel.ts';
import { toCanonicalStatus } from './status.ts';

/** A tracker as EasyPost reports it, in canonical terms. */
export type ParsedTracker = {
  readonly trackerId: string;
  readonly trackingNumber?: string;
  /** The EasyPost shipment the tracker belongs to (`shp_…`); absent for a tracker on its own. */
  readonly carrierShipmentId?: string;
  /** The carrier that moves the parcel, in EasyPost's spelling. */
  readonly carrierCode?: string;
  /** The status of the whole shipment, as EasyPost spells it. */
  readonly status: string;
  readonly events: readonly TrackingEvent[];
};

/**
 * Reads a Tracker object, from a webhook or from the API, tolerant of everything EasyPost may leave
 * out or add. Undefined where it has no id. A scan without a readable time is left out, since it
 * can't be ordered. Messages and signers are read but not kept: scans hold no personal data.
 */
export const parseTracker = (value: unknown): ParsedTracker | undefined => {
  if (!isObject(value)) return undefined;
  const trackerId = printableId(value['id']);
  if (trackerId === undefined) return undefined;
  const trackingNumber = printableId(value['tracking_code']);
  const carrierShipmentId = printableId(value['shipment_id']);
  const carrierCode = printableId(value['carrier']);
  const { events } = trackingEvents(tellTracker(value, trackingNumber ?? trackerId));
  return {
    trackerId,
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    ...(carrierShipmentId === undefined ? {} : { carrierShipmentId }),
    ...(carrierCode === undefined ? {} : { carrierCode }),
    status: text(value['status'], LONGEST_CODE),
    events: dated(events),
  };
};

/** A Tracker object as what EasyPost tells of the given parcel. */
export const tellTracker = (tracker: Readonly<Record<string, unknown>>, parcel: string): Told => {
  const details = objectsIn(tracker['tracking_details']);
  return {
    provider: 'easypost',
    parcel,
    scans: details.map(tellScan),
    summary: tellSummary(tracker, details),
  };
};

const tellScan = (detail: Readonly<Record<string, unknown>>): ToldScan => {
  const status = codeOf(detail['status']);
  const statusDetail = codeOf(detail['status_detail']);
  const rawCode = codeOf(detail['carrier_code']);
  const message = text(detail['message'], LONGEST_TEXT);
  const time = utcInstant(detail['datetime']);
  const { city, state, country } = locationOf(detail);
  const place = placeOf(city, state, country);
  const where = [place?.city, place?.region, place?.country].map((part) => part ?? '').join(',');
  return {
    meaning: toCanonicalStatus({ status, detail: statusDetail, text: message }),
    rawStatus: rawPair(status, statusDetail),
    rawCode,
    time,
    place,
    identity: [time?.occurredAt ?? '', rawCode, status, statusDetail, where, message],
  };
};

const locationOf = (detail: Readonly<Record<string, unknown>>) =>
  isObject(detail['tracking_location'])
    ? (detail['tracking_location'] as { city?: unknown; state?: unknown; country?: unknown })
    : {};

const tellSummary = (
  tracker: Readonly<Record<string, unknown>>,
  details: readonly Readonly<Record<string, unknown>>[],
): ToldSummary | undefined => {
  const status = codeOf(tracker['status']);
  if (status === '') return undefined;
  const rawStatus = rawPair(status, codeOf(tracker['status_detail']));
  const said = summaryMeaning({ status, rawStatus, details });
  const isBack = said.status === 'returning' && tracker['finalized'] === true;
  return {
    meaning: isBack ? { ...said, status: 'returned' } : said,
    rawStatus,
    reportedAt: utcInstant(tracker['updated_at']) ?? utcInstant(tracker['created_at']),
  };
};

/** The newest scan's text may tell more than the codes that it shares with the summary. */
const summaryMeaning = ({
  status,
  rawStatus,
  details,
}: {
  readonly status: string;
  readonly rawStatus: string;
  readonly details: readonly Readonly<Record<string, unknown>>[];
}): Meaning => {
  const newest = details
    .map(tellScan)
    .filter(({ time }) => time !== undefined)
    .reduce<ToldScan | undefined>((last, scan) => (isOlder(scan, last) ? last : scan), undefined);
  if (newest?.rawStatus === rawStatus) return newest.meaning;
  const detail = rawStatus.slice(status.length + 1);
  return toCanonicalStatus({ status, detail });
};

const isOlder = (scan: ToldScan, last: ToldScan | undefined): boolean =>
  (scan.time?.occurredAt ?? '') < (last?.time?.occurredAt ?? '');
