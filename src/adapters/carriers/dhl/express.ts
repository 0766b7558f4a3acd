import { tierOf } from '../../../tracking/status.ts';
import { at, idOf, objectsIn, text } from '../json-value.ts';
import { explained } from '../meaning.ts';
import { codeOf, LONGEST_TEXT, type Place, placeOf, type ToldScan } from '../parcel.ts';
import { type ReadParcel, readParcel } from '../reading.ts';
import { scanTimeOf } from '../scan-time.ts';
import { dhlExpressMeaning } from './status.ts';

type Item = Readonly<Record<string, unknown>>;

/** A shipment of the MyDHL API. Its own `status` tells only that the question was answered. */
export const readExpressShipment = (shipment: Item): readonly ReadParcel[] => {
  const number = idOf(shipment['shipmentTrackingNumber']);
  if (number === undefined) return [];
  const pieces = objectsIn(shipment['pieces']).map((piece) => ({
    number: idOf(piece['trackingNumber']),
    scans: objectsIn(piece['events']).map(tellEvent),
  }));
  return readPieces(number, objectsIn(shipment['events']).map(tellEvent), pieces);
};

/** What stands in a list, which the SOAP service wraps: `<ArrayOfAWBInfoItem>` in `<AWBInfo>`. */
export const itemsIn = (list: unknown): readonly Item[] =>
  objectsIn(list).flatMap((item) => {
    const wrapper = Object.keys(item).find((key) => /^ArrayOf\w+Item$/.test(key));
    return wrapper === undefined ? [item] : objectsIn(item[wrapper]);
  });

/** A waybill of the XML services, whose answers end where nothing is known. */
export const readXmlShipment = (waybill: Item): readonly ReadParcel[] => {
  const number = idOf(waybill['AWBNumber']);
  const info = waybill['ShipmentInfo'];
  const events = itemsIn(at(info, 'ShipmentEvent')).map(tellXmlEvent);
  const infos = itemsIn(
    at(waybill, 'Pieces', 'PieceInfo') ??
      at(info, 'Pieces', 'PieceInfo') ??
      at(waybill, 'PieceInfo'),
  );
  const pieces = infos.map((piece) => ({
    number: idOf(at(piece, 'PieceDetails', 'LicensePlate')),
    scans: itemsIn(piece['PieceEvent']).map(tellXmlEvent),
  }));
  const hasScans = events.length > 0 || pieces.some(({ scans }) => scans.length > 0);
  return number === undefined || !hasScans ? [] : readPieces(number, events, pieces);
};

type Piece = { readonly number: string | undefined; readonly scans: readonly ToldScan[] };

/**
 * Where every one of several pieces was scanned they are the parcels, and what was said of the
 * shipment holds for each of them, except that it ended. Else the shipment is the one parcel.
 */
const readPieces = (
  number: string,
  events: readonly ToldScan[],
  pieces: readonly Piece[],
): readonly ReadParcel[] => {
  const told = { provider: 'dhl', parcel: number, scans: inTime(events) };
  const arePieces =
    pieces.length > 1 &&
    pieces.every(({ number: own, scans }) => own !== undefined && scans.some(isReadable));
  if (!arePieces) {
    const [only] = pieces.length === 1 ? pieces : [];
    const readable = only?.scans.filter(isReadable) ?? [];
    const scans = events.some(isReadable) ? told.scans : inTime([...events, ...readable]);
    return [readParcel({ ...told, scans }, { trackerId: number, trackingNumber: number })];
  }
  const onTheWay = events.filter(({ meaning }) => tierOf(meaning.status) < 4);
  return pieces.map(({ number: own = number, scans }) =>
    readParcel(
      { ...told, parcel: own, scans: inTime([...onTheWay, ...scans]) },
      { trackerId: number, trackingNumber: own },
    ),
  );
};

const isReadable = ({ time, meaning }: ToldScan): boolean =>
  time !== undefined && meaning.unmapped !== true;

/** DHL lists events in either order; those of one instant stay as they were told. */
const inTime = (scans: readonly ToldScan[]): readonly ToldScan[] => {
  const isNewestFirst = (scans[0]?.time?.occurredAt ?? '') > (scans.at(-1)?.time?.occurredAt ?? '');
  return isNewestFirst ? scans.toReversed() : scans;
};

const tellEvent = (event: Item): ToldScan => {
  const { date, time, GMTOffset: zone } = event;
  const [area] = objectsIn(event['serviceArea']);
  return tell(event['typeCode'], {
    words: event['description'],
    time: scanTimeOf({ date, time, zone }),
    place: areaOf(area?.['description'] ?? event['location']),
  });
};

const tellXmlEvent = (event: Item): ToldScan => {
  const { Date: date, Time: time, GMTOffset: zone } = event;
  return tell(at(event, 'ServiceEvent', 'EventCode'), {
    words: at(event, 'ServiceEvent', 'Description'),
    time: scanTimeOf({ date, time, zone }),
    place: areaOf(at(event, 'ServiceArea', 'Description')),
  });
};

const tell = (
  code: unknown,
  told: { readonly words: unknown } & Pick<ToldScan, 'time' | 'place'>,
): ToldScan => {
  const rawStatus = codeOf(code);
  const words = text(told.words, LONGEST_TEXT);
  return {
    meaning: explained(dhlExpressMeaning(rawStatus), words),
    rawStatus,
    rawCode: rawStatus,
    time: told.time,
    place: told.place,
    text: words,
  };
};

/** `Brisbane-AU`, `BERGAMO - ITALY`: a place, and its country where that is a code. */
const areaOf = (description: unknown): Place | undefined => {
  const area = text(description, LONGEST_TEXT);
  const code = /^(.*?)\s*-\s*([A-Z]{2})$/.exec(area);
  return code === null ? placeOf(area) : placeOf(code[1], undefined, code[2]);
};
