import { byPrice } from '../../../shipment/choose-rate.ts';
import type {
  CanceledPickup,
  CarrierRate,
  CarrierRefusal,
  OrderedPickup,
  PickupRequest,
  ScheduledPickup,
} from '../../../shipment/ports.ts';
import { found, readable, toRefusal } from '../answers.ts';
import { objectsIn, printableId, text } from '../json-value.ts';
import type { EasyPostClient } from './client.ts';
import { shipmentsOf } from './services.ts';
import { spelled, toRate } from './shipment-answer.ts';
import { toAddress } from './shipment-request.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A pickup is created, which quotes, and then bought: the cheapest, for they all come. EasyPost knows no
 * idempotency keys, so what is there under the reference is asked for before one is created, and again
 * after it: of several only the oldest is ever bought, whoever created it.
 */
export const schedulePickup = async (
  client: EasyPostClient,
  request: PickupRequest,
): Promise<ScheduledPickup | CarrierRefusal> => {
  const known = await findPickup(client, request);
  if (known !== undefined) return buyPickup(client, known);
  const created = await createPickup(client, request);
  if (created.kind === 'refused') return toRefusal(created);
  return buyPickup(client, (await findPickup(client, request)) ?? created.body);
};

/** Tells the courier not to come. What was canceled before is refused, and is canceled all the same. */
export const cancelPickup = async (
  client: EasyPostClient,
  { pickupId }: OrderedPickup,
): Promise<CanceledPickup | CarrierRefusal> => {
  const path = `pickups/${encodeURIComponent(pickupId)}`;
  const answer = await client.post(`${path}/cancel`, {});
  const pickup = answer.kind === 'ok' ? answer.body : found(await client.get(path));
  if (pickup !== undefined && statusOf(pickup) === 'canceled') return { kind: 'canceled' };
  return toRefusal(
    answer.kind === 'refused' ? answer : { code: 'PICKUP.NOT_CANCELED', fields: [] },
  );
};

const PAGE = 'pickups?page_size=100';
/** More than anyone orders while one pickup waits; what is behind them is not read. */
const MOST_PAGES = 50;
/** Clocks differ: what is listed as older than the request may be its own. */
const SKEW_MS = 3_600_000;

/** The oldest pickup under a reference, of those that are listed since it was wanted, newest first. */
const findPickup = async (
  client: EasyPostClient,
  { reference, requestedAt }: PickupRequest,
): Promise<Json | undefined> => {
  const sinceMs = Date.parse(requestedAt) - SKEW_MS;
  let path: string | undefined = PAGE;
  let oldest: Json | undefined;
  for (let pages = 0; path !== undefined; pages += 1) {
    readable(pages < MOST_PAGES ? pages : undefined, 'end of its pickups');
    const page: Json | undefined = found(await client.get(path));
    const pickups = objectsIn(page?.['pickups']);
    oldest = pickups.findLast((pickup) => pickup['reference'] === reference) ?? oldest;
    path = page?.['has_more'] === true ? pathAfter(pickups.at(-1), sinceMs) : undefined;
  }
  return oldest;
};

/** Where the list goes on, unless it is older than what is looked for by then. */
const pathAfter = (last: Json | undefined, sinceMs: number): string | undefined => {
  const id = printableId(last?.['id']);
  const isOlder = Date.parse(text(last?.['created_at'], 40)) < sinceMs;
  return id === undefined || isOlder ? undefined : `${PAGE}&before_id=${encodeURIComponent(id)}`;
};

const createPickup = async (client: EasyPostClient, request: PickupRequest) => {
  const [shipment] = await shipmentsOf(client, request);
  return client.post('pickups', {
    pickup: {
      reference: request.reference,
      min_datetime: request.readyAt,
      max_datetime: request.closesAt,
      instructions: request.instructions,
      is_account_address: false,
      address: toAddress(request.address),
      shipment: { id: shipment?.['id'] ?? request.carrierShipmentId },
    },
  });
};

/** A refusal may be of what was bought a moment before: what is scheduled then is the answer. */
const buyPickup = async (
  client: EasyPostClient,
  pickup: Json,
): Promise<ScheduledPickup | CarrierRefusal> => {
  const status = statusOf(pickup);
  if (status === 'scheduled') return scheduled(pickup);
  if (status === 'canceled') return toRefusal({ code: 'PICKUP.CANCELED', fields: [] });
  const path = `pickups/${encodeURIComponent(readable(printableId(pickup['id']), 'pickup'))}`;
  const rate = cheapest(pickup);
  if (rate === undefined) return toRefusal({ code: 'PICKUP.RATES.NONE', fields: [] });
  const bought = await client.post(`${path}/buy`, spelled(pickup['pickup_rates'], rate.rateId));
  if (bought.kind === 'ok') return scheduled(bought.body);
  const held = found(await client.get(path));
  return held !== undefined && statusOf(held) === 'scheduled' ? scheduled(held) : toRefusal(bought);
};

const statusOf = (pickup: Json): string => text(pickup['status'], 40);

const scheduled = (pickup: Json): ScheduledPickup => {
  const confirmation = printableId(pickup['confirmation']);
  const rate = cheapest(pickup);
  return {
    kind: 'scheduled',
    pickupId: readable(printableId(pickup['id']), 'pickup'),
    ...(rate === undefined ? {} : { price: rate.price }),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
};

const cheapest = (pickup: Json): CarrierRate | undefined =>
  objectsIn(pickup['pickup_rates'])
    .map(toRate)
    .filter((rate) => rate !== undefined)
    .toSorted(byPrice)[0];
