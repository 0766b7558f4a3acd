import { fold } from '../../../tracking/fold.ts';
import { scanKey } from '../../../tracking/scan-key.ts';
import { type TrackingEvent, tierOf } from '../../../tracking/status.ts';
import { isObject, printableId, text, utcInstant } from './json-value.ts';
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

/** After any real scan of the same instant: the summary is drawn from them. */
const SUMMARY_SEQUENCE = 1_000_000;
const LONGEST_CODE = 80;
const LONGEST_PLACE = 100;
const LONGEST_TEXT = 500;

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
  const parcel = trackingNumber ?? trackerId;
  const scans = parseScans(value['tracking_details'], parcel);
  const summary = parseSummary(value, parcel, scans);
  return {
    trackerId,
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    ...(carrierShipmentId === undefined ? {} : { carrierShipmentId }),
    ...(carrierCode === undefined ? {} : { carrierCode }),
    status: text(value['status'], LONGEST_CODE),
    events: summary === undefined ? scans : [...scans, summary],
  };
};

const parseScans = (details: unknown, parcel: string): readonly TrackingEvent[] => {
  if (!Array.isArray(details)) return [];
  const seenAtInstant = new Map<string, number>();
  const byKey = new Map<string, TrackingEvent>();
  for (const detail of details) {
    const scan = parseScan(detail, parcel);
    if (scan === undefined || byKey.has(scan.key)) continue;
    const sequence = seenAtInstant.get(scan.occurredAt) ?? 0;
    seenAtInstant.set(scan.occurredAt, sequence + 1);
    byKey.set(scan.key, sequence === 0 ? scan : { ...scan, sequence });
  }
  return [...byKey.values()];
};

const parseScan = (detail: unknown, parcel: string): TrackingEvent | undefined => {
  if (!isObject(detail)) return undefined;
  const time = utcInstant(detail['datetime']);
  if (time === undefined) return undefined;
  const status = text(detail['status'], LONGEST_CODE);
  const statusDetail = text(detail['status_detail'], LONGEST_CODE);
  const carrierCode = text(detail['carrier_code'], LONGEST_CODE);
  const message = text(detail['message'], LONGEST_TEXT);
  const place = parsePlace(detail['tracking_location']);
  const where = [place?.city, place?.region, place?.country].map((part) => part ?? '').join(',');
  return {
    key: scanKey('easypost', [
      parcel,
      time.occurredAt,
      carrierCode,
      status,
      statusDetail,
      where,
      message,
    ]),
    ...toCanonicalStatus({ status, detail: statusDetail, text: message }),
    rawStatus: rawStatus(status, statusDetail),
    ...(carrierCode === '' ? {} : { rawCode: carrierCode }),
    ...time,
    ...(place === undefined ? {} : { place }),
  };
};

/**
 * EasyPost's own status of the shipment, as one more scan at the time of the newest real one. Where
 * it only repeats what the scans say on the way, it is left out; an end is always told twice.
 */
const parseSummary = (
  tracker: Readonly<Record<string, unknown>>,
  parcel: string,
  scans: readonly TrackingEvent[],
): TrackingEvent | undefined => {
  const status = text(tracker['status'], LONGEST_CODE);
  const detail = text(tracker['status_detail'], LONGEST_CODE);
  const newest = newestOf(scans);
  const time = newest ?? utcInstant(tracker['updated_at']) ?? utcInstant(tracker['created_at']);
  if (status === '' || time === undefined) return undefined;
  const raw = rawStatus(status, detail);
  const said =
    newest?.rawStatus === raw ? meaningOf(newest) : toCanonicalStatus({ status, detail });
  const isBack = said.status === 'returning' && tracker['finalized'] === true;
  const canonical = isBack ? { ...said, status: 'returned' as const } : said;
  if (saysNothingMore(canonical, scans)) return undefined;
  return {
    key: scanKey('easypost', [parcel, time.occurredAt, 'summary', raw, canonical.status]),
    ...canonical,
    rawStatus: raw,
    occurredAt: time.occurredAt,
    timeZoneKnown: time.timeZoneKnown,
    sequence: SUMMARY_SEQUENCE,
    synthetic: true,
  };
};

const newestOf = (scans: readonly TrackingEvent[]): TrackingEvent | undefined =>
  scans.reduce<TrackingEvent | undefined>(
    (newest, scan) =>
      newest === undefined || scan.occurredAt >= newest.occurredAt ? scan : newest,
    undefined,
  );

/** The scan's text told more than the codes that it shares with the summary, such as customs. */
const meaningOf = ({ status, reason, unmapped }: TrackingEvent) => ({
  status,
  ...(reason === undefined ? {} : { reason }),
  ...(unmapped === undefined ? {} : { unmapped }),
});

const saysNothingMore = (
  { status, unmapped }: Pick<TrackingEvent, 'status' | 'unmapped'>,
  scans: readonly TrackingEvent[],
): boolean => {
  const tier = tierOf(status);
  if (tier >= 4) return false;
  if (unmapped === true && scans.every((scan) => scan.unmapped !== true)) return false;
  return tier === 0 || fold(scans).status === status;
};

const rawStatus = (status: string, detail: string): string =>
  (detail === '' ? status : `${status}/${detail}`).slice(0, LONGEST_CODE);

const parsePlace = (value: unknown): TrackingEvent['place'] => {
  if (!isObject(value)) return undefined;
  const city = text(value['city'], LONGEST_PLACE);
  const region = text(value['state'], LONGEST_PLACE);
  const country = text(value['country'], LONGEST_PLACE).toUpperCase();
  const place = {
    ...(city === '' ? {} : { city }),
    ...(region === '' ? {} : { region }),
    ...(/^[A-Z]{2}$/.test(country) ? { country } : {}),
  };
  return Object.keys(place).length === 0 ? undefined : place;
};
