import { sha256Hex } from '../../../platform/ids.ts';
import type {
  CarrierPort,
  CarrierRate,
  CarrierRefusal,
  CarrierTracking,
  DutyQuote,
  LabelOutcome,
  LabelRequest,
  PreparedShipment,
  Purchase,
  QuotedRates,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn } from '../json-value.ts';
import { dated } from '../parcel.ts';
import { toDuties, toFound, toPurchased, toRate } from './answer.ts';
import { createDhlExpressClient, type Desk, type DhlExpressOptions } from './client.ts';
import { readDhl } from './reading.ts';
import {
  declaredValue,
  type Terms,
  toLandedCost,
  toRates,
  toShipment,
  withoutPhone,
} from './request.ts';
import { cancelPickup, documents, schedulePickup } from './services.ts';

/**
 * DHL Express by the MyDHL API. It keeps nothing before a purchase and sells whatever it is asked to,
 * so our own reference stands for the shipment: whoever buys must have claimed it, and what has been
 * sold under the reference is asked for first.
 *
 * @example dhlExpressCarrier({ username, password, accountNumber, timeoutMs: 10_000, now })
 */
export const dhlExpressCarrier = (options: DhlExpressOptions): CarrierPort => {
  const { accountNumber, now } = options;
  const desk: Desk = { client: createDhlExpressClient(options), accountNumber, now };
  return {
    carrier: 'dhl',
    sellsOnce: false,
    findsPickups: false,
    quoteRates: (request) => quoteRates(desk, request),
    prepare: (request) => prepare(desk, request),
    findPrepared: async () => undefined,
    buy: (purchase) => buy(desk, purchase),
    // DHL bills what it has scanned; a label that is not used costs nothing, and can't be given back.
    cancel: async () => ({ kind: 'not_billed' }),
    documents: (label) => documents(desk, label),
    schedulePickup: (request) => schedulePickup(desk, request),
    cancelPickup: (pickup) => cancelPickup(desk, pickup),
    track: (trackerId) => track(desk, trackerId),
  };
};

const HOUR_MS = 3_600_000;

/** A time that is not over when DHL reads it. */
const termsOf = ({ accountNumber, now }: Desk): Terms => ({
  accountNumber,
  shipAt: new Date(now().getTime() + HOUR_MS),
});

const ratesFor = async (
  desk: Desk,
  request: LabelRequest,
): Promise<readonly CarrierRate[] | CarrierRefusal> => {
  const terms = termsOf(desk);
  const answer = await desk.client.post('rates', toRates(request, terms));
  if (answer.kind === 'refused') return toRefusal(answer);
  return objectsIn(answer.body['products'])
    .map((product) => toRate(product, terms.shipAt))
    .filter((rate) => rate !== undefined);
};

const isRefusal = (value: readonly CarrierRate[] | CarrierRefusal): value is CarrierRefusal =>
  'kind' in value;

const quoteRates = async (
  desk: Desk,
  request: LabelRequest,
): Promise<QuotedRates | CarrierRefusal> => {
  const rates = await ratesFor(desk, request);
  if (isRefusal(rates)) return rates;
  return { kind: 'quoted', rates, duties: await dutiesOf(desk, request) };
};

/** Where DHL can't tell, or not for all of the goods, duty is not included, and the quote says so. */
const dutiesOf = async (desk: Desk, request: LabelRequest): Promise<DutyQuote> => {
  const value = declaredValue(request);
  if (value === undefined || request.from.country === request.to.country) return NOT_INCLUDED;
  const answer = await desk.client.post('landed-cost', toLandedCost(request, value, termsOf(desk)));
  return answer.kind === 'refused'
    ? NOT_INCLUDED
    : (toDuties(answer.body, value.currency) ?? NOT_INCLUDED);
};

const NOT_INCLUDED: DutyQuote = { kind: 'not_included' };

/** Our reference is DHL's name of the shipment: nothing is kept there before it is bought. */
const prepare = async (
  desk: Desk,
  request: LabelRequest,
): Promise<PreparedShipment | CarrierRefusal> => {
  const fields = withoutPhone(request);
  if (fields.length > 0) return toRefusal({ code: 'PHONE.REQUIRED', fields });
  const rates = await ratesFor(desk, request);
  return isRefusal(rates)
    ? rates
    : { kind: 'prepared', carrierShipmentId: request.reference, rates };
};

const buy = async (
  desk: Desk,
  { carrierShipmentId: reference, request: ask, choose }: Purchase,
): Promise<LabelOutcome> => {
  const request = { ...(await ask()), reference };
  const sold = await findSold(desk, reference);
  const rates = await ratesFor(desk, request);
  if (sold !== undefined) {
    // Tracking tells no price, so today's stands for it; without one a person must look.
    const priced = isRefusal(rates) ? undefined : choose(rates);
    return readable(priced && toFound(sold, priced), 'price of what was sold');
  }
  if (isRefusal(rates)) return rates;
  const rate = choose(rates);
  if (rate === undefined) return toRefusal({ code: 'RATES.NONE', fields: [] });
  const terms = termsOf(desk);
  const answer = await desk.client.post('shipments', toShipment(request, rate.service, terms));
  if (answer.kind === 'refused') return toRefusal(answer);
  return readable(toPurchased(answer.body, rate), 'label');
};

/** What was sold under our reference. DHL answers 404 where there is nothing. */
const findSold = async ({ client, accountNumber }: Desk, reference: string) => {
  const query = new URLSearchParams({
    shipmentReference: reference,
    shipmentReferenceType: 'CU',
    shipperAccountNumber: accountNumber,
    trackingView: 'shipment-details',
  });
  const [shipment] = objectsIn(found(await client.get(`tracking?${query}`))?.['shipments']);
  return shipment;
};

/** Every parcel's scans name their parcel where there are several. */
const track = async (desk: Desk, trackerId: string): Promise<CarrierTracking | undefined> => {
  const number = encodeURIComponent(trackerId);
  const body = found(
    await desk.client.get(`shipments/${number}/tracking?trackingView=all-checkpoints`),
  );
  if (body === undefined) return undefined;
  const reading = readDhl(body);
  const parcels = reading.kind === 'tracking' ? reading.parcels : [];
  const scans = parcels.flatMap(({ parcel, events }) =>
    dated(events).map((event) => (parcels.length > 1 ? { ...event, parcel } : event)),
  );
  const isDelivered = scans.some(({ status }) => status === 'delivered');
  return {
    ...{ trackerId, trackingNumber: trackerId, scans },
    ...(isDelivered ? await proofOf(desk, trackerId) : {}),
  };
};

/** The document names who signed, so only its hash is kept, and where it can be asked for. */
const proofOf = async (
  { client, accountNumber }: Desk,
  trackerId: string,
): Promise<Pick<CarrierTracking, 'proof'>> => {
  const path = `shipments/${encodeURIComponent(trackerId)}/proof-of-delivery`;
  const query = new URLSearchParams({ shipperAccountNumber: accountNumber });
  const [document] = objectsIn(found(await client.get(`${path}?${query}`))?.['documents']);
  const content = document?.['content'];
  return typeof content !== 'string' || content === ''
    ? {}
    : { proof: { kind: 'document', reference: path, sha256: sha256Hex(content) } };
};
