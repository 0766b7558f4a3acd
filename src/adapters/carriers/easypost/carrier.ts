import { canonicalJson, sha256Hex } from '../../../platform/ids.ts';
import {
  type CarrierPort,
  type CarrierRefusal,
  type CarrierTracking,
  carrierUnavailable,
  type LabelOutcome,
  type LabelRequest,
  type PreparedShipment,
} from '../../../shipment/ports.ts';
import { text } from '../json-value.ts';
import {
  createEasyPostClient,
  type EasyPostAnswer,
  type EasyPostClient,
  type EasyPostClientOptions,
} from './client.ts';
import { parseTracker } from './parse-tracker.ts';
import { cheapest, hasLabel, toPrepared, toPurchased, toRefusal } from './shipment-answer.ts';
import { toShipmentRequest } from './shipment-request.ts';

/**
 * Labels and tracking by EasyPost. EasyPost knows no idempotency keys, but one shipment takes
 * postage once: a second purchase is refused with `SHIPMENT.POSTAGE.EXISTS`, and the label that is
 * there is the answer.
 *
 * @example easyPostCarrier({ apiKey, timeoutMs: 10_000 })
 */
export const easyPostCarrier = (options: EasyPostClientOptions): CarrierPort => {
  const client = createEasyPostClient(options);
  return {
    carrier: 'easypost',
    prepare: (request) => prepare(client, request),
    findPrepared: (reference) => findPrepared(client, reference),
    buy: ({ carrierShipmentId }) => buy(client, carrierShipmentId),
    track: (trackerId) => track(client, trackerId),
  };
};

const prepare = async (
  client: EasyPostClient,
  request: LabelRequest,
): Promise<PreparedShipment | CarrierRefusal> => {
  const answer = await client.post('shipments', toShipmentRequest(request));
  if (answer.kind === 'refused') return toRefusal(answer);
  return readable(toPrepared(answer.body), 'shipment');
};

/** A reference may stand for the id. EasyPost does not promise that it names only one shipment. */
const findPrepared = async (
  client: EasyPostClient,
  reference: string,
): Promise<PreparedShipment | undefined> => {
  const answer = await client.get(`shipments/${encodeURIComponent(reference)}`);
  const shipment = found(answer);
  return shipment === undefined || shipment['reference'] !== reference
    ? undefined
    : readable(toPrepared(shipment), 'shipment');
};

const buy = async (client: EasyPostClient, carrierShipmentId: string): Promise<LabelOutcome> => {
  const path = `shipments/${encodeURIComponent(carrierShipmentId)}`;
  const asked = await client.get(path);
  if (asked.kind === 'refused') return toRefusal(asked);
  if (hasLabel(asked.body)) return readable(toPurchased(asked.body), 'label');
  const rate = cheapest(toPrepared(asked.body)?.rates ?? []);
  if (rate === undefined) return toRefusal({ code: 'RATES.NONE', fields: [] });
  const bought = await client.post(`${path}/buy`, { rate: { id: rate.rateId } });
  if (bought.kind === 'ok') return readable(toPurchased(bought.body), 'label');
  if (bought.code !== 'SHIPMENT.POSTAGE.EXISTS') return toRefusal(bought);
  const existing = found(await client.get(path));
  return readable(existing && toPurchased(existing), 'label');
};

const track = async (
  client: EasyPostClient,
  trackerId: string,
): Promise<CarrierTracking | undefined> => {
  const tracker = found(await client.get(`trackers/${encodeURIComponent(trackerId)}`));
  if (tracker === undefined) return undefined;
  const { trackingNumber, events } = readable(parseTracker(tracker), 'tracker');
  return {
    trackerId,
    scans: events,
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
    ...proofIn(tracker, trackerId),
  };
};

/** Who signed is a person, so only the hash of the answer that names them is kept. */
const proofIn = (
  tracker: Readonly<Record<string, unknown>>,
  trackerId: string,
): Pick<CarrierTracking, 'proof'> =>
  text(tracker['signed_by'], 1) === ''
    ? {}
    : {
        proof: {
          kind: 'signature',
          reference: `trackers/${trackerId}`,
          sha256: sha256Hex(canonicalJson(tracker)),
        },
      };

/** The body, or undefined where there is no such object. */
const found = (answer: EasyPostAnswer): Readonly<Record<string, unknown>> | undefined => {
  if (answer.kind === 'ok') return answer.body;
  if (answer.status === 404) return undefined;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: 'EasyPost refused to answer what it has.',
    fields: { status: String(answer.status), easypostCode: answer.code },
  });
};

/** An answer without what it must hold is no answer: the next try asks again. */
const readable = <T>(value: T | undefined, what: string): T => {
  if (value !== undefined) return value;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: `EasyPost answered without a readable ${what}.`,
  });
};
