import { at, idOf, isObject, objectsIn, printableId, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, placeOf, type ToldScan, type ToldSummary } from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { type ScanTime, scanTime } from '../scan-time.ts';
import { cainiaoActionMeaning, cainiaoStatusMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Reads what Cainiao's LINK pushes (the fields of a form, whose `logistics_interface` is the
 * message), and the answers of its global tracking. Cainiao's messages differ by project and few
 * are published, so members are found under each name they are known to have.
 */
export const readCainiao: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const deliveryId = printableId(payload['msg_id']);
  const message = messageOf(payload);
  if (message === undefined) {
    return { kind: 'unreadable', reason: 'logistics_interface is not JSON.' };
  }
  const items = itemsOf(message);
  const error = text(
    at(message, 'errorMsg') ?? at(message, 'error_msg') ?? at(message, 'errorCode'),
    200,
  );
  return trackingReading(items.flatMap(toParcel), {
    deliveryId,
    otherwise: error === '' ? 'No traces in it.' : `An error answer: ${error}`,
  });
};

const messageOf = (payload: Item): Item | undefined => {
  const inside = payload['logistics_interface'];
  if (isObject(inside)) return inside;
  if (typeof inside !== 'string') return payload;
  try {
    const message: unknown = JSON.parse(inside);
    return isObject(message) ? message : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const HOLDERS = [
  'module',
  'data',
  'result',
  'request',
  'content',
  'logisticsTrace',
  'trackingInfo',
  'trackingDetailLineList',
  'logistics_trace_search_response',
];

const itemsOf = (message: Item): readonly Item[] => {
  const inside = HOLDERS.flatMap((name) => objectsIn(message[name]));
  const deeper = inside.flatMap((item) => HOLDERS.flatMap((name) => objectsIn(item[name])));
  return [message, ...inside, ...deeper].filter((item) => numberOf(item) !== undefined);
};

const first = (item: unknown, names: readonly string[]): unknown =>
  names.map((name) => at(item, name)).find((value) => value !== undefined && value !== null);

const NUMBERS = [
  'mailNo',
  'trackingNumber',
  'trackingNo',
  'waybillNo',
  'waybill_no',
  'mail_no',
  'logisticsOrderCode',
  'logisticsId',
  'lpCode',
  'out_sid',
];
const TRACES = [
  'detailList',
  'traces',
  'traceList',
  'trace_list',
  'trackingDetails',
  'details',
  'tracks',
  'traceDetails',
  'events',
  'trackElementList',
  'fullTraceDetail',
];
const CODES = [
  'actionCode',
  'action_code',
  'trackingPrimaryCode',
  'opCode',
  'operationCode',
  'eventCode',
  'action',
  'code',
  'status',
  'statusCode',
];
const ZONES = ['timeZone', 'time_zone', 'timezone', 'tz'];
const TIMES = [
  'timeStr',
  'eventTime',
  'opTime',
  'occurTime',
  'actionTime',
  'operateTime',
  'gmtOccur',
  'eventDate',
  'event_date',
  'status_time',
  'time',
  'date',
];
const WORDS = [
  'desc',
  'standerdDesc',
  'descTitle',
  'description',
  'eventDesc',
  'event_desc',
  'status_desc',
  'trackingDetailDesc',
  'remark',
];

const numberOf = (item: Item): string | undefined => idOf(first(item, NUMBERS));

const toParcel = (item: Item): readonly ReadParcel[] => {
  const number = numberOf(item);
  const traces = tracesOf(item);
  const summary = traces.length === 0 && !hasOwnTrace(item) ? tellSummary(item) : undefined;
  if (number === undefined) return [];
  const scans = (traces.length > 0 ? traces : hasOwnTrace(item) ? [item] : []).map(tellScan);
  const ofWhole = traces.length > 0 ? tellSummary(item) : summary;
  if (scans.length === 0 && ofWhole === undefined) return [];
  const told = { provider: 'cainiao', parcel: number, scans: inTime(scans), summary: ofWhole };
  return [readParcel(told, { trackerId: number, trackingNumber: number })];
};

/** A push of one event has its code and its time beside the number. */
const hasOwnTrace = (item: Item): boolean =>
  typeof first(item, CODES) === 'string' && first(item, TIMES) !== undefined;

const tracesOf = (item: Item): readonly Item[] => [
  ...TRACES.flatMap((name) => objectsIn(item[name])).filter(isTrace),
  ...['section1', 'section2'].flatMap((name) => objectsIn(at(item, name, 'detailList'))),
  ...objectsIn(at(item, 'trace_list', 'transit_step_info')),
];

/** Some lists stand under a name that other messages use for something else. */
const isTrace = (value: Item): boolean =>
  first(value, TIMES) !== undefined || typeof first(value, CODES) === 'string';

const inTime = (scans: readonly ToldScan[]): readonly ToldScan[] =>
  (scans[0]?.time?.occurredAt ?? '') > (scans.at(-1)?.time?.occurredAt ?? '')
    ? scans.toReversed()
    : scans;

const tellScan = (trace: Item): ToldScan => {
  const code = codeOf(first(trace, CODES));
  const words = text(first(trace, WORDS), LONGEST_TEXT);
  return {
    meaning: explained(cainiaoActionMeaning(code), words),
    rawStatus: code,
    rawCode: code,
    time: timeOf(trace),
    place: placeOf(
      first(trace, ['city', 'facilityName', 'location', 'address']),
      first(trace, ['province', 'state']),
      first(trace, ['country', 'countryCode']),
    ),
    text: words,
  };
};

const timeOf = (trace: Item): ScanTime | undefined => {
  const zone = first(trace, ZONES);
  return TIMES.map((name) => scanTime(trace[name], zone)).find((time) => time !== undefined);
};

const tellSummary = (item: Item): ToldSummary | undefined => {
  const status = codeOf(item['status'] ?? item['logisticsStatus']);
  if (status === '') return undefined;
  const latest = first(item, ['latestTrace', 'latestTrackingInfo']);
  return {
    meaning: cainiaoStatusMeaning(status),
    rawStatus: status,
    reportedAt: isObject(latest) ? timeOf(latest) : undefined,
  };
};
