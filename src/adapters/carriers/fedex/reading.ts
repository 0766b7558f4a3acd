import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
import { explained, type Meaning } from '../meaning.ts';
import {
  codeOf,
  LONGEST_TEXT,
  placeOf,
  rawPair,
  type ToldScan,
  type ToldSummary,
} from '../parcel.ts';
import { type CarrierParser, type ReadParcel, readParcel, trackingReading } from '../reading.ts';
import { type ScanTime, scanTime } from '../scan-time.ts';
import { fedExMeaning } from './status.ts';
import { completeResultsIn } from './xml.ts';

type Item = Readonly<Record<string, unknown>>;

type Result = { readonly read: ReadParcel; readonly number: string; readonly newest: string };

/**
 * Reads FedEx's Track API, its visibility webhook and the `TrackReply` of its older XML. FedEx uses tracking numbers again: of several
 * shipments under one number the latest counts, and the others are refused.
 */
export const readFedEx: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const holders = [payload, ...objectsIn(payload['output']), ...objectsIn(payload['data'])];
  const complete = [
    ...holders.flatMap((holder) => [
      ...objectsIn(holder['completeTrackResults']),
      ...('trackResults' in holder ? [holder] : []),
    ]),
    ...completeResultsIn(payload),
  ];
  const results = complete.flatMap(resultsOf);
  const current = results.filter((result) => !isRecycled(result, results));
  const recycled = results.length - current.length;
  return trackingReading(
    current.map(({ read }) => read),
    {
      flags: recycled === 0 ? [] : ['recycled'],
      problems: [
        ...complete.flatMap((one) => objectsIn(one['trackResults'])).flatMap(errorOf),
        ...objectsIn(payload['errors']).map(errorText),
        ...(recycled === 0
          ? []
          : [`Refused as earlier shipments of the same number: ${recycled}.`]),
      ],
      otherwise: 'No track result in it.',
    },
  );
};

const isRecycled = (result: Result, results: readonly Result[]): boolean =>
  results.some(
    (other, index) =>
      other !== result &&
      other.number === result.number &&
      (other.newest > result.newest ||
        (other.newest === result.newest && index > results.indexOf(result))),
  );

const errorOf = (result: Item): readonly string[] => objectsIn(result['error']).map(errorText);

const errorText = (error: Item): string =>
  `FedEx: ${text(error['code'], 80)} ${text(error['message'], 200)}`.trim();

/** Pieces of one shipment have numbers of their own under the number that was asked for. */
const resultsOf = (complete: Item): readonly Result[] =>
  objectsIn(complete['trackResults']).flatMap((result): readonly Result[] => {
    const asked = idOf(complete['trackingNumber']);
    const number = idOf(at(result, 'trackingNumberInfo', 'trackingNumber')) ?? asked;
    const scans = objectsIn(result['scanEvents']).map(tellScan).toReversed();
    const summary = tellSummary(result);
    if (number === undefined || (summary === undefined && scans.length === 0)) return [];
    const told = { provider: 'fedex', parcel: number, scans, summary };
    const read = readParcel(told, { trackerId: asked ?? number, trackingNumber: number });
    return [{ read, number, newest: read.parcel.events.map(timeOf).sort().at(-1) ?? '' }];
  });

const timeOf = ({ occurredAt }: { readonly occurredAt: string }): string => occurredAt;

const tellScan = (event: Item): ToldScan => {
  const code = codeOf(event['eventType']);
  const derived = codeOf(event['derivedStatusCode']);
  const words = [event['exceptionDescription'], event['eventDescription']]
    .map((part) => text(part, LONGEST_TEXT))
    .join(' ');
  const location = isObject(event['scanLocation']) ? event['scanLocation'] : {};
  const { city, stateOrProvinceCode, countryCode } = location;
  return {
    meaning: explained(delayed(fedExMeaning(code, derived), event), words),
    rawStatus: rawPair(code, derived),
    rawCode: code,
    time: scanTime(event['date']),
    place: placeOf(city, stateOrProvinceCode, countryCode),
    text: words,
  };
};

const delayed = (said: Meaning, told: Item): Meaning =>
  said.status === 'exception' && at(told, 'delayDetail', 'type') === 'WEATHER'
    ? { ...said, reason: 'weather' }
    : said;

const tellSummary = (result: Item): ToldSummary | undefined => {
  const latest = result['latestStatusDetail'];
  const code = codeOf(at(latest, 'code'));
  const derived = codeOf(at(latest, 'derivedCode'));
  if (!isObject(latest) || (code === '' && derived === '')) return undefined;
  const reasons = objectsIn(latest['ancillaryDetails'])
    .map(({ reasonDescription }) => text(reasonDescription, LONGEST_TEXT))
    .join(' ');
  const meaning = explained(delayed(fedExMeaning(code, derived), latest), reasons);
  return {
    meaning,
    rawStatus: rawPair(code, derived),
    rawCode: code,
    enteredAt: meaning.status === 'delivered' ? dateOf(result, 'ACTUAL_DELIVERY') : undefined,
    reportedAt: dateOf(result, 'SHIP') ?? dateOf(result, 'ACTUAL_PICKUP'),
  };
};

const dateOf = (result: Item, type: string): ScanTime | undefined =>
  scanTime(objectsIn(result['dateAndTimes']).find((entry) => entry['type'] === type)?.['dateTime']);
