import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, placeOf, type ToldScan, type ToldSummary } from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { type ScanTime, scanTime, scanTimeOf } from '../scan-time.ts';
import { uspsEventMeaning, uspsSummaryMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Reads USPS's tracking in JSON (Tracking API v3), its subscription webhook, whose payload is JSON
 * in a string, and the `TrackResponse` of the older XML.
 */
export const readUsps: CarrierParser = (payload) => {
  const holders = (Array.isArray(payload) ? payload : [payload]).filter(isObject);
  const parcels = holders.flatMap((holder) => [
    ...pushedItems(holder).flatMap((item) => readItem(item, scanTime(holder['timestamp']))),
    ...readItem(holder, undefined),
    ...objectsIn(at(holder, 'TrackResponse', 'TrackInfo')).flatMap(readXmlItem),
  ]);
  return trackingReading(parcels, {
    problems: holders.flatMap(errorsOf),
    otherwise: 'No tracking in it.',
  });
};

const errorsOf = (holder: Item): readonly string[] =>
  [
    ...objectsIn(holder['error']),
    ...objectsIn(holder['Error']),
    ...objectsIn(at(holder, 'TrackResponse', 'TrackInfo')).flatMap(({ Error: error }) =>
      objectsIn(error),
    ),
  ].map(
    (error) =>
      `USPS: ${codeOf(error['code'] ?? error['Number'])} ${text(
        error['message'] ?? error['Description'],
        200,
      )}`,
  );

/** What a subscription pushes: an object, or one in a string, which is how it is signed. */
const pushedItems = ({ payload }: Item): readonly Item[] => {
  if (typeof payload !== 'string') return objectsIn(payload);
  try {
    return objectsIn(JSON.parse(payload));
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
};

const readItem = (item: Item, pushedAt: ScanTime | undefined): readonly ReadParcel[] => {
  const number = idOf(item['trackingNumber']);
  const events = objectsIn(item['trackingEvents'] ?? item['events']);
  const summary = tellSummary(item, pushedAt);
  if (number === undefined || (summary === undefined && events.length === 0)) return [];
  const told = {
    provider: 'usps',
    parcel: number,
    scans: events.map(tellScan).toReversed(),
    summary,
  };
  return [readParcel(told, { trackerId: number, trackingNumber: number })];
};

/** The status in words is USPS's code; the sentence beside it may name people. */
const tellSummary = (item: Item, pushedAt: ScanTime | undefined): ToldSummary | undefined => {
  const category = codeOf(item['statusCategory']);
  const status = codeOf(item['status']);
  const code = codeOf(item['eventCode']);
  if (category === '' && status === '' && code === '') return undefined;
  const said =
    category === '' && code !== ''
      ? uspsEventMeaning(code, status)
      : uspsSummaryMeaning(category, status);
  return {
    meaning: explained(said, `${status} ${text(item['statusSummary'], LONGEST_TEXT)}`),
    rawStatus: category === '' ? status || code : category,
    rawCode: code,
    enteredAt: timeOf(item),
    reportedAt: pushedAt,
  };
};

const tellScan = (event: Item): ToldScan => {
  const code = codeOf(event['eventCode']);
  const name = codeOf(event['eventType'] ?? event['status'] ?? event['event']);
  return {
    meaning: explained(uspsEventMeaning(code, name), name),
    rawStatus: name,
    rawCode: code,
    time: timeOf(event),
    place: placeOf(event['eventCity'], event['eventState'], event['eventCountry']),
  };
};

const timeOf = (event: Item): ScanTime | undefined =>
  scanTime(event['GMTTimestamp']) ??
  scanTime(event['eventTimestamp'], event['GMTOffset']) ??
  scanTimeOf({ date: event['eventDate'], time: event['eventTime'], zone: event['GMTOffset'] });

const readXmlItem = (info: Item): readonly ReadParcel[] => {
  const number = idOf(info['@ID']);
  const details = listOf(info['TrackDetail']).map(tellXmlScan).toReversed();
  const newest = listOf(info['TrackSummary']).map(tellXmlScan);
  if (number === undefined || (newest.length === 0 && details.length === 0)) return [];
  const told = {
    provider: 'usps',
    parcel: number,
    scans: [...details, ...newest],
    summary: tellXmlSummary(info, newest),
  };
  return [readParcel(told, { trackerId: number, trackingNumber: number })];
};

const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
};

/** With fields for a field request; a plain request is answered in sentences, some without a year. */
const tellXmlScan = (detail: unknown): ToldScan => {
  if (!isObject(detail)) {
    const sentence = text(detail, LONGEST_TEXT);
    return {
      meaning: explained(uspsEventMeaning('', sentence), sentence),
      rawStatus: 'sentence',
      time: sentenceTime(sentence),
      text: sentence,
    };
  }
  const code = codeOf(detail['EventCode']);
  const name = codeOf(detail['Event']);
  return {
    meaning: explained(uspsEventMeaning(code, name), name),
    rawStatus: name,
    rawCode: code,
    time: scanTimeOf({
      date: detail['EventDate'],
      time: detail['EventTime'],
      zone: detail['GMTOffset'],
    }),
    place: placeOf(detail['EventCity'], detail['EventState'], detail['EventCountry']),
  };
};

/** `Acceptance, October 12, 2026, 6:26 am, …` and `… at 8:13 am on January 27, 2026 in …`. */
const sentenceTime = (sentence: string): ScanTime | undefined => {
  const date = /\b[A-Z][a-z]+ \d{1,2}, \d{4}\b/.exec(sentence)?.[0];
  const time = /\b\d{1,2}:\d{2} [ap]m\b/.exec(sentence)?.[0];
  return scanTimeOf({ date, time });
};

const tellXmlSummary = (info: Item, newest: readonly ToldScan[]): ToldSummary | undefined => {
  const category = codeOf(info['StatusCategory']);
  const status = codeOf(info['Status']);
  if (category !== '' || status !== '') {
    const meaning = explained(
      uspsSummaryMeaning(category, status),
      `${status} ${text(info['StatusSummary'], LONGEST_TEXT)}`,
    );
    return { meaning, rawStatus: category === '' ? status : category };
  }
  const [scan] = newest;
  return scan === undefined || scan.time !== undefined
    ? undefined
    : { meaning: scan.meaning, rawStatus: scan.rawStatus };
};
