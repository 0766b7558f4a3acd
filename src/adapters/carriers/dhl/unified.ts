import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, type Place, placeOf, type ToldScan } from '../parcel.ts';
import { type ReadParcel, readParcel } from '../reading.ts';
import { scanTime } from '../scan-time.ts';
import { dhlUnifiedMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/** A shipment of DHL's unified tracking, asked for or pushed. */
export const readUnifiedShipment = (shipment: Item): readonly ReadParcel[] => {
  const number = idOf(shipment['id']);
  if (number === undefined) return [];
  const status = isObject(shipment['status']) ? tellScan(shipment['status']) : undefined;
  const told = {
    provider: 'dhl',
    parcel: number,
    scans: objectsIn(shipment['events']).map(tellScan).toReversed(),
    summary:
      status === undefined || status.rawStatus === ''
        ? undefined
        : { meaning: status.meaning, rawStatus: status.rawStatus, enteredAt: status.time },
  };
  return [readParcel(told, { trackerId: number, trackingNumber: number })];
};

const tellScan = (event: Item): ToldScan => {
  const rawStatus = codeOf(event['statusCode']);
  const status = codeOf(event['status']);
  const words = [status, text(event['remark'], LONGEST_TEXT)].join(' ').trim();
  return {
    meaning: explained(dhlUnifiedMeaning(rawStatus, status), words),
    rawStatus,
    // Some divisions put a code here, others a sentence, which may name people.
    rawCode: /^[A-Z0-9_-]{1,40}$/.test(status) ? status : '',
    time: scanTime(event['timestamp']),
    place: placeIn(event['location']),
    text: words,
  };
};

const placeIn = (location: unknown): Place | undefined => {
  const address = at(location, 'address');
  return placeOf(at(address, 'addressLocality'), undefined, at(address, 'countryCode'));
};
