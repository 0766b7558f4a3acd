import { at, idOf, objectsIn, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, placeOf, type ToldScan } from '../parcel.ts';
import { type ReadParcel, readParcel } from '../reading.ts';
import { scanTimeOf } from '../scan-time.ts';
import { dhlECommerceMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/** The zones that DHL eCommerce names by letters. */
const offsets: Readonly<Record<string, string>> = {
  EST: '-5',
  EDT: '-4',
  CST: '-6',
  CDT: '-5',
  MST: '-7',
  MDT: '-6',
  PST: '-8',
  PDT: '-7',
  ET: '',
};

/** A package of DHL eCommerce, asked for or pushed with its whole history. */
export const readECommerce = (item: Item): readonly ReadParcel[] => {
  const details = item['package'] ?? item;
  const number =
    idOf(at(details, 'trackingId')) ??
    idOf(at(details, 'dhlPackageId')) ??
    idOf(at(details, 'packageId'));
  const events = objectsIn(item['events']);
  if (number === undefined || events.length === 0) return [];
  const told = { provider: 'dhl', parcel: number, scans: events.map(tellScan).toReversed() };
  return [readParcel(told, { trackerId: number, trackingNumber: number })];
};

const tellScan = (event: Item): ToldScan => {
  const code = codeOf(event['primaryEventId'] ?? event['id']);
  const words = text(event['primaryEventDescription'] ?? event['description'], LONGEST_TEXT);
  const { date, time } = event;
  const zone = codeOf(event['timeZone']);
  return {
    meaning: explained(dhlECommerceMeaning(code), words),
    rawStatus: code,
    rawCode: code,
    time: scanTimeOf({ date, time, zone: offsets[zone] ?? zone }),
    place: placeOf(event['location'], undefined, event['country']),
    text: words,
  };
};
