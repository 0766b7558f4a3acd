import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
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
import { type ScanTime, scanTimeOf } from '../scan-time.ts';
import { upsMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Reads UPS's Track Alert messages (one event each), its Tracking API, and the `TrackResponse` of
 * its older JSON and XML, whose names begin with capitals.
 */
export const readUps: CarrierParser = (payload) => {
  const holders = (Array.isArray(payload) ? payload : [payload]).filter(isObject);
  const parcels = holders.flatMap((holder) => [
    ...alertParcel(holder),
    ...objectsIn(at(holder, 'trackResponse', 'shipment')).flatMap(shipmentParcels),
    ...objectsIn(oldResponse(holder)?.['Shipment']).flatMap(oldShipmentParcels),
  ]);
  return trackingReading(parcels, {
    problems: holders.flatMap(problemsOf),
    otherwise: 'No tracking in it.',
  });
};

const oldResponse = (holder: Item): Item | undefined =>
  objectsIn(holder['TrackResponse'] ?? at(holder, 'Envelope', 'Body', 'TrackResponse'))[0];

const problemsOf = (holder: Item): readonly string[] =>
  [
    ...objectsIn(at(holder, 'response', 'errors')),
    ...objectsIn(at(holder, 'trackResponse', 'shipment')).flatMap(({ warnings }) =>
      objectsIn(warnings),
    ),
    ...objectsIn(at(oldResponse(holder), 'Response', 'Error')),
    ...objectsIn(at(holder, 'Fault', 'detail', 'Errors', 'ErrorDetail', 'PrimaryErrorCode')),
  ].map(
    (error) =>
      `UPS: ${codeOf(error['code'] ?? error['ErrorCode'] ?? error['Code'])} ${text(
        error['message'] ?? error['ErrorDescription'] ?? error['Description'],
        200,
      )}`,
  );

/** One Track Alert message. */
const alertParcel = (message: Item): readonly ReadParcel[] => {
  const number = idOf(message['trackingNumber']);
  const status = message['activityStatus'];
  if (number === undefined || !isObject(status)) return [];
  const { city, stateProvince, country } = isObject(message['activityLocation'])
    ? message['activityLocation']
    : {};
  const scan = tellStatus(
    { ...status, statusCode: status['descriptionCode'] },
    {
      time:
        utc(message['gmtActivityDate'], message['gmtActivityTime']) ??
        scanTimeOf({ date: message['localActivityDate'], time: message['localActivityTime'] }),
      place: placeOf(city, stateProvince, country),
    },
  );
  return [readUpsParcel(number, number, [scan])];
};

const utc = (date: unknown, time: unknown): ScanTime | undefined =>
  scanTimeOf({ date, time, zone: 'Z' });

const readUpsParcel = (
  trackerId: string,
  parcel: string,
  scans: readonly ToldScan[],
  summary?: ToldSummary,
): ReadParcel =>
  readParcel({ provider: 'ups', parcel, scans, summary }, { trackerId, trackingNumber: parcel });

/** A status of `{ type, code, statusCode, description }`, in whichever message it stands. */
const tellStatus = (status: Item, { time, place }: Pick<ToldScan, 'time' | 'place'>): ToldScan => {
  const type = codeOf(status['type']);
  const letters = codeOf(status['code']);
  const description = codeOf(status['statusCode']);
  const words = text(status['description'], LONGEST_TEXT);
  return {
    meaning: explained(upsMeaning({ type, letters, description, words }), words),
    rawStatus: rawPair(type, letters),
    rawCode: description === '' ? letters : description,
    time,
    place,
    text: words,
  };
};

const shipmentParcels = (shipment: Item): readonly ReadParcel[] => {
  const inquiry = idOf(shipment['inquiryNumber']);
  return objectsIn(shipment['package']).flatMap((parcel): readonly ReadParcel[] => {
    const number = idOf(parcel['trackingNumber']) ?? inquiry;
    const scans = objectsIn(parcel['activity']).map(tellActivity).toReversed();
    const current = parcel['currentStatus'];
    if (number === undefined || (scans.length === 0 && !isObject(current))) return [];
    const summary = isObject(current) ? tellStatus(current, { time: undefined }) : undefined;
    return [readUpsParcel(inquiry ?? number, number, scans, summary && summaryOf(summary))];
  });
};

const summaryOf = ({ meaning, rawStatus, rawCode = '' }: ToldScan): ToldSummary | undefined =>
  rawStatus === '' && rawCode === '' ? undefined : { meaning, rawStatus, rawCode };

const tellActivity = (activity: Item): ToldScan => {
  const address = at(activity, 'location', 'address');
  const { city, stateProvince, countryCode, country } = isObject(address) ? address : {};
  const { date, time, gmtDate, gmtTime, gmtOffset } = activity;
  return tellStatus(isObject(activity['status']) ? activity['status'] : {}, {
    time: utc(gmtDate, gmtTime) ?? scanTimeOf({ date, time, zone: gmtOffset }),
    place: placeOf(city, stateProvince, countryCode ?? country),
  });
};

const oldShipmentParcels = (shipment: Item): readonly ReadParcel[] => {
  const id =
    idOf(shipment['ShipmentIdentificationNumber']) ?? idOf(at(shipment, 'InquiryNumber', 'Value'));
  return objectsIn(shipment['Package']).flatMap((parcel): readonly ReadParcel[] => {
    const number = idOf(parcel['TrackingNumber']) ?? id;
    const scans = objectsIn(parcel['Activity']).map(tellOldActivity).toReversed();
    if (number === undefined || scans.length === 0) return [];
    return [readUpsParcel(id ?? number, number, scans)];
  });
};

const tellOldActivity = (activity: Item): ToldScan => {
  const { Status: status, Date: date, Time: time } = activity;
  const address = at(activity, 'ActivityLocation', 'Address');
  const { City, StateProvinceCode, CountryCode } = isObject(address) ? address : {};
  return tellStatus(
    {
      type: at(status, 'StatusType', 'Code') ?? at(status, 'Type'),
      code: at(status, 'StatusCode', 'Code') ?? at(status, 'Code'),
      description: at(status, 'StatusType', 'Description') ?? at(status, 'Description'),
    },
    {
      time: utc(activity['GMTDate'], activity['GMTTime']) ?? scanTimeOf({ date, time }),
      place: placeOf(City, StateProvinceCode, CountryCode),
    },
  );
};
