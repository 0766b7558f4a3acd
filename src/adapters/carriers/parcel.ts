import { fold } from '../../tracking/fold.ts';
import { scanKey } from '../../tracking/scan-key.ts';
import { type TrackingEvent, tierOf } from '../../tracking/status.ts';
import { text } from './json-value.ts';
import type { Meaning } from './meaning.ts';
import type { ScanTime } from './scan-time.ts';

export const LONGEST_CODE = 80;
export const LONGEST_TEXT = 500;
const LONGEST_PLACE = 100;

/** After any real scan of the same instant: the summary is drawn from them. */
const SUMMARY_SEQUENCE = 1_000_000;

/** A summary that came without any time at all stands before everything that has one. */
export const UNDATED = '1970-01-01T00:00:00.000Z';

/** Scans with a time. What has none is told to people, and never stored: it can't be ordered. */
export const dated = (events: readonly TrackingEvent[]): readonly TrackingEvent[] =>
  events.filter(({ occurredAt }) => occurredAt !== UNDATED);

/** A history longer than this is an attack on the fold, or on the queue's message size. */
const MOST_SCANS = 1_000;

export type Place = NonNullable<TrackingEvent['place']>;

/** One scan as a provider tells it, with its code already understood. */
export type ToldScan = {
  readonly meaning: Meaning;
  /** What the provider calls the status, in codes: never free text, which may name people. */
  readonly rawStatus: string;
  readonly rawCode?: string;
  /** Undefined where it can't be read: such a scan can't be ordered, and is left out. */
  readonly time: ScanTime | undefined;
  readonly place?: Place | undefined;
  /** The provider's own id of the scan, where it has one. */
  readonly eventId?: string | undefined;
  /** What identifies the scan where no id does; by default its time, codes, place and text. */
  readonly identity?: readonly string[];
  readonly text?: string;
};

/** The status of the whole shipment as a provider tells it. */
export type ToldSummary = {
  readonly meaning: Meaning;
  readonly rawStatus: string;
  readonly rawCode?: string;
  /** When the shipment entered the status, by the provider: not when it was reported. */
  readonly enteredAt?: ScanTime | undefined;
  /** Used only where nothing else tells a time. */
  readonly reportedAt?: ScanTime | undefined;
};

export type Told = {
  readonly provider: string;
  /** The identity of the parcel with its provider: its tracking number, mostly. */
  readonly parcel: string;
  /** Oldest first: at one instant, what is told later happened later. */
  readonly scans: readonly ToldScan[];
  readonly summary?: ToldSummary | undefined;
};

/** The told scans and summary as tracking events, and how many scans had no readable time. */
export const trackingEvents = (
  told: Told,
): { readonly events: readonly TrackingEvent[]; readonly undated: number } => {
  const readable = told.scans.slice(-MOST_SCANS).filter(({ time }) => time !== undefined);
  const scans = numbered(readable.map((scan) => toEvent(told, scan)));
  const last = told.scans.at(-1);
  const whole =
    told.summary ?? (scans.length === 0 && last !== undefined ? asSummary(last) : undefined);
  const summary = whole && summaryEvent(told, whole, scans);
  return {
    events: summary === undefined ? scans : [...scans, summary],
    undated: told.scans.length - readable.length,
  };
};

/** Where no scan tells its time, the last of them is all that is known of the parcel. */
const asSummary = ({ meaning, rawStatus, rawCode = '' }: ToldScan): ToldSummary => ({
  meaning,
  rawStatus,
  rawCode,
});

const toEvent = ({ provider, parcel }: Told, scan: ToldScan): TrackingEvent => {
  const { meaning, rawStatus, rawCode = '', time, place, eventId } = scan;
  const occurredAt = time?.occurredAt ?? UNDATED;
  const identity = scan.identity ?? [
    occurredAt,
    rawCode,
    rawStatus,
    whereText(place),
    scan.text ?? '',
  ];
  return {
    key: scanKey(provider, [parcel, ...(eventId === undefined ? identity : [eventId])]),
    ...meaning,
    rawStatus: rawStatus.slice(0, LONGEST_CODE),
    ...(rawCode === '' ? {} : { rawCode: rawCode.slice(0, LONGEST_CODE) }),
    occurredAt,
    timeZoneKnown: time?.timeZoneKnown ?? false,
    ...(place === undefined ? {} : { place }),
    ...(eventId === undefined ? {} : { providerEventId: eventId }),
  };
};

/** Each scan once; those of one instant are numbered in the order in which they were told. */
const numbered = (scans: readonly TrackingEvent[]): readonly TrackingEvent[] => {
  const seenAtInstant = new Map<string, number>();
  const byKey = new Map<string, TrackingEvent>();
  for (const scan of scans) {
    if (byKey.has(scan.key)) continue;
    const sequence = seenAtInstant.get(scan.occurredAt) ?? 0;
    seenAtInstant.set(scan.occurredAt, sequence + 1);
    byKey.set(scan.key, sequence === 0 ? scan : { ...scan, sequence });
  }
  return [...byKey.values()];
};

/**
 * The provider's status of the whole shipment, as one more scan: at the time of the newest real one
 * or at its own, whichever is later. Where it only repeats what the scans say on the way, it is
 * left out; an end is always told twice.
 */
const summaryEvent = (
  { provider, parcel }: Told,
  summary: ToldSummary,
  scans: readonly TrackingEvent[],
): TrackingEvent | undefined => {
  const { meaning, rawCode } = summary;
  const rawStatus = summary.rawStatus.slice(0, LONGEST_CODE);
  if (rawStatus === '' || saysNothingMore(meaning, scans)) return undefined;
  const time = later(newestOf(scans), summary.enteredAt) ?? summary.reportedAt;
  const occurredAt = time?.occurredAt ?? UNDATED;
  return {
    key: scanKey(provider, [parcel, occurredAt, 'summary', rawStatus, meaning.status]),
    ...meaning,
    rawStatus,
    ...(rawCode === undefined || rawCode === '' ? {} : { rawCode: rawCode.slice(0, LONGEST_CODE) }),
    occurredAt,
    timeZoneKnown: time?.timeZoneKnown ?? false,
    sequence: SUMMARY_SEQUENCE,
    synthetic: true,
  };
};

/** The scan that was told last at the newest instant. */
export const newestOf = (scans: readonly TrackingEvent[]): TrackingEvent | undefined =>
  scans.reduce<TrackingEvent | undefined>(
    (newest, scan) =>
      newest === undefined || scan.occurredAt >= newest.occurredAt ? scan : newest,
    undefined,
  );

const later = (left: ScanTime | undefined, right: ScanTime | undefined): ScanTime | undefined => {
  if (left === undefined || right === undefined) return left ?? right;
  return left.occurredAt >= right.occurredAt ? left : right;
};

const saysNothingMore = (
  { status, unmapped, contradictory }: Meaning,
  scans: readonly TrackingEvent[],
): boolean => {
  const tier = tierOf(status);
  if (tier >= 4 || contradictory === true) return false;
  if (unmapped === true && scans.every((scan) => scan.unmapped !== true)) return false;
  return fold(scans).status === status;
};

const whereText = (place: Place | undefined): string =>
  [place?.city, place?.region, place?.country].map((part) => part ?? '').join(',');

/** City, region and ISO country, each where it is given; undefined where none is. */
export const placeOf = (
  city: unknown,
  region?: unknown,
  country?: unknown,
): TrackingEvent['place'] => {
  const name = text(city, LONGEST_PLACE);
  const area = text(region, LONGEST_PLACE);
  const code = text(country, LONGEST_PLACE).toUpperCase();
  const place = {
    ...(name === '' ? {} : { city: name }),
    ...(area === '' ? {} : { region: area }),
    ...(/^[A-Z]{2}$/.test(code) ? { country: code } : {}),
  };
  return Object.keys(place).length === 0 ? undefined : place;
};

/** The text of a code or status, short and clean. */
export const codeOf = (value: unknown): string =>
  text(typeof value === 'number' ? String(value) : value, LONGEST_CODE);

/** `status` or `status/detail`, as one raw status. */
export const rawPair = (status: string, detail: string): string =>
  (detail === '' ? status : `${status}/${detail}`).slice(0, LONGEST_CODE);
