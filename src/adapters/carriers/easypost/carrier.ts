import { canonicalJson, sha256Hex } from '../../../platform/ids.ts';
import type {
  CarrierPort,
  CarrierRefusal,
  CarrierTracking,
  LabelOutcome,
  LabelRequest,
  PreparedShipment,
  Purchase,
  QuotedRates,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { text } from '../json-value.ts';
import { createEasyPostClient, type EasyPostClient, type EasyPostClientOptions } from './client.ts';
import { buyOrder, findOrder, isOrder, prepareOrder } from './orders.ts';
import { parseTracker } from './parse-tracker.ts';
import { cancelPickup, schedulePickup } from './pickups.ts';
import { cancel, documents } from './services.ts';
import { hasLabel, toPrepared, toPurchased } from './shipment-answer.ts';
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
    sellsOnce: true,
    findsPickups: true,
    quoteRates: (request) => quoteRates(client, request),
    prepare: (request) => prepare(client, request),
    findPrepared: (reference, parcelCount) =>
      parcelCount > 1 ? findOrder(client, reference) : findPrepared(client, reference),
    buy: (purchase) =>
      isOrder(purchase.carrierShipmentId) ? buyOrder(client, purchase) : buy(client, purchase),
    cancel: (label) => cancel(client, label),
    documents: (label) => documents(client, label),
    schedulePickup: (request) => schedulePickup(client, request),
    cancelPickup: (pickup) => cancelPickup(client, pickup),
    track: (trackerId) => track(client, trackerId),
  };
};

/** EasyPost quotes what it holds, and holding costs nothing; it knows no duty. */
const quoteRates = async (
  client: EasyPostClient,
  request: LabelRequest,
): Promise<QuotedRates | CarrierRefusal> => {
  const prepared = await prepare(client, request);
  return prepared.kind === 'refused'
    ? prepared
    : { kind: 'quoted', rates: prepared.rates, duties: { kind: 'not_included' } };
};

/** EasyPost insures in dollars only: anything else would insure another amount. */
const prepare = async (
  client: EasyPostClient,
  request: LabelRequest,
): Promise<PreparedShipment | CarrierRefusal> => {
  const { insuredValue } = request;
  if (insuredValue !== undefined && insuredValue.currency !== 'USD') {
    return toRefusal({ code: 'INSURANCE.NOT_OFFERED', fields: ['insuredValue'] });
  }
  if (request.parcels.length > 1) return prepareOrder(client, request);
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

const buy = async (
  client: EasyPostClient,
  { carrierShipmentId, choose }: Purchase,
): Promise<LabelOutcome> => {
  const path = `shipments/${encodeURIComponent(carrierShipmentId)}`;
  const asked = await client.get(path);
  if (asked.kind === 'refused') return toRefusal(asked);
  if (hasLabel(asked.body)) return readable(toPurchased(asked.body), 'label');
  const rate = choose(toPrepared(asked.body)?.rates ?? []);
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
