import { at, idOf, isObject, objectsIn, text } from '../json-value.ts';
import { codeOf } from '../parcel.ts';
import { type CarrierParser, type ReadParcel, trackingReading } from '../reading.ts';
import { readECommerce } from './ecommerce.ts';
import { itemsIn, readExpressShipment, readXmlShipment } from './express.ts';
import { readUnifiedShipment } from './unified.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Reads DHL's Express (MyDHL) and unified tracking, the unified push, eCommerce, and the
 * `TrackingResponse` of the XML services, which the SOAP service wraps.
 */
export const readDhl: CarrierParser = (payload) => {
  if (!isObject(payload)) return { kind: 'unreadable', reason: 'Not an object.' };
  const shipments = [...objectsIn(payload['shipments']), ...objectsIn(payload['shipment'])];
  const waybills = itemsIn(at(answerIn(payload), 'TrackingResponse', 'AWBInfo'));
  const packages = [
    ...objectsIn(payload['packages']),
    ...objectsIn(at(payload, 'data', 'packages')),
  ];
  const parcels = [
    ...shipments.flatMap(readShipment),
    ...waybills.flatMap(readXmlShipment),
    ...packages.flatMap(readECommerce),
  ];
  return trackingReading(parcels, {
    problems: [...waybills.flatMap(waybillProblem), ...errorsOf(payload)],
    otherwise: 'No shipment in it.',
  });
};

const answerIn = (payload: Item): unknown =>
  at(
    at(payload, 'Envelope', 'Body') ?? payload,
    'trackShipmentRequestResponse',
    'trackingResponse',
  ) ?? payload;

const readShipment = (shipment: Item): readonly ReadParcel[] => {
  if (idOf(shipment['shipmentTrackingNumber']) !== undefined) return readExpressShipment(shipment);
  return isObject(shipment['status']) || Array.isArray(shipment['events'])
    ? readUnifiedShipment(shipment)
    : [];
};

const waybillProblem = (waybill: Item): readonly string[] =>
  itemsIn(at(waybill, 'Status', 'Condition')).map(conditionText);

const conditionText = (condition: Item): string =>
  `DHL: ${codeOf(condition['ConditionCode'])} ${text(condition['ConditionData'], 200)}`;

/** Problem details in JSON; in XML the condition of a refused request. */
const errorsOf = (payload: Item): readonly string[] => {
  const refused = objectsIn(
    at(payload, 'ShipmentTrackingErrorResponse', 'Response', 'Status', 'Condition'),
  ).map(conditionText);
  const detail = text(payload['detail'], 200);
  return detail === '' || !('title' in payload)
    ? refused
    : [`DHL: ${codeOf(payload['status'])} ${text(payload['title'], 80)} ${detail}`];
};
