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
import type { CarrierClient } from '../http.ts';
import { at, objectsIn, printableId, text } from '../json-value.ts';
import { dated } from '../parcel.ts';
import { failureOf, isUndecided, statusOf, toPrepared, toPurchased } from './answer.ts';
import { shippoCarrierName } from './carrier-name.ts';
import { createShippoClient, type ShippoClientOptions } from './client.ts';
import { readShippo } from './reading.ts';
import { toShipment } from './request.ts';
import { cancel, documents, schedulePickup } from './services.ts';
import { readHeld, transactionsOf } from './sold.ts';

/**
 * Labels and tracking by Shippo. It knows no idempotency keys, and does not say that a rate is sold
 * only once: whoever buys must have claimed the shipment, and what was bought is asked for first.
 *
 * @example shippoCarrier({ apiKey, timeoutMs: 10_000 })
 */
export const shippoCarrier = (options: ShippoClientOptions): CarrierPort => {
  const client = createShippoClient(options);
  return {
    carrier: 'shippo',
    sellsOnce: false,
    findsPickups: false,
    quoteRates: (request) => quoteRates(client, request),
    prepare: (request) => prepare(client, request),
    findPrepared: (reference) => findPrepared(client, reference),
    buy: (purchase) => buy(client, purchase),
    cancel: (label) => cancel(client, label),
    documents: (label) => documents(client, label),
    schedulePickup: (request) => schedulePickup(client, request),
    // Shippo's API takes no pickup back: whoever ordered it calls the carrier.
    cancelPickup: async () => toRefusal({ code: 'PICKUP.CANCEL_NOT_OFFERED', fields: [] }),
    track: (trackerId) => track(client, trackerId),
  };
};

/** Shippo quotes what it holds, and holding costs nothing; it knows no duty. */
const quoteRates = async (
  client: CarrierClient,
  request: LabelRequest,
): Promise<QuotedRates | CarrierRefusal> => {
  const prepared = await prepare(client, request);
  return prepared.kind === 'refused'
    ? prepared
    : { kind: 'quoted', rates: prepared.rates, duties: { kind: 'not_included' } };
};

const prepare = async (
  client: CarrierClient,
  request: LabelRequest,
): Promise<PreparedShipment | CarrierRefusal> => {
  const answer = await client.post('shipments', toShipment(request));
  return answer.kind === 'refused'
    ? toRefusal(answer)
    : readable(toPrepared(answer.body), 'shipment');
};

/** Shippo finds nothing by reference, so the newest are looked through; a miss is no danger. */
const findPrepared = async (
  client: CarrierClient,
  reference: string,
): Promise<PreparedShipment | undefined> => {
  const page = found(await client.get('shipments?results=100'));
  const shipment = objectsIn(page?.['results']).find(({ metadata }) => metadata === reference);
  return shipment && toPrepared(shipment);
};

const buy = async (
  client: CarrierClient,
  { carrierShipmentId, choose }: Purchase,
): Promise<LabelOutcome> => {
  const held = await readHeld(client, carrierShipmentId);
  if (held === undefined) return toRefusal({ code: 'SHIPMENT.NOT_FOUND', fields: [] });
  const { sold, rates, parcelCount, shipment } = held;
  if (sold !== undefined) {
    return readable(toPurchased(sold.transactions, { rate: sold.rate, parcelCount }), 'label');
  }
  const rate = choose(rates);
  if (rate === undefined) return toRefusal({ code: 'RATES.NONE', fields: [] });
  const answer = await client.post('transactions', {
    rate: rate.rateId,
    label_file_type: 'PDF_4x6',
    async: false,
    metadata: text(shipment['metadata'], 100),
  });
  if (answer.kind === 'refused') return toRefusal(answer);
  if (statusOf(answer.body) === 'ERROR') return failureOf(answer.body);
  const transactions =
    parcelCount < 2 && !isUndecided(answer.body)
      ? [answer.body]
      : await transactionsOf(client, rate);
  return readable(toPurchased(transactions, { rate, parcelCount }), 'label');
};

/** A tracking is asked for by carrier and number, which the label knows. */
const track = async (
  client: CarrierClient,
  trackerId: string,
): Promise<CarrierTracking | undefined> => {
  const transaction = found(await client.get(`transactions/${encodeURIComponent(trackerId)}`));
  const trackingNumber = printableId(transaction?.['tracking_number']);
  // Shippo answers the rate as its id, or as an object.
  const rateId =
    printableId(transaction?.['rate']) ?? printableId(at(transaction, 'rate', 'object_id'));
  if (trackingNumber === undefined || rateId === undefined) return undefined;
  const rate = found(await client.get(`rates/${encodeURIComponent(rateId)}`));
  const carrier = shippoCarrierName(text(rate?.['provider'], 128));
  const path = `tracks/${encodeURIComponent(carrier)}/${encodeURIComponent(trackingNumber)}`;
  const reading = readShippo(found(await client.get(path)) ?? {});
  const parcels = reading.kind === 'tracking' ? reading.parcels : [];
  const scans = parcels.flatMap(({ events }) => dated(events));
  return { trackerId, trackingNumber, scans };
};
