import { CarrierApiError, type CarrierRoute } from '../carrier-server.ts';
import { isJson, type Json, numberAt, objectAt, textAt } from '../json.ts';
import { isUndeliverable, type Transaction, type World } from './world.ts';

const ok = (body: object) => ({ status: 200, body });
const created = (body: object) => ({ status: 201, body });

const invalid = (field: string, complaint = 'This field is required.'): CarrierApiError =>
  new CarrierApiError({ status: 400, body: { [field]: [complaint] } });

const missing = (): CarrierApiError =>
  new CarrierApiError({ status: 404, body: { detail: 'Not found.' } });

const listed = (results: readonly Json[], query: URLSearchParams) =>
  ok({
    ...{ count: results.length, next: null, previous: null },
    results: results.toReversed().slice(0, Number(query.get('results') ?? 25)),
  });

export const shippoRoutes = (world: World): readonly CarrierRoute[] => [
  {
    ...{ method: 'POST', path: '/shipments' },
    handler: ({ body }) => created(createShipment(world, body)),
  },
  {
    ...{ method: 'GET', path: '/shipments' },
    handler: ({ query }) => listed([...world.shipments.values()], query),
  },
  {
    ...{ method: 'GET', path: '/shipments/:id' },
    handler: ({ path }) => ok(world.shipments.get(path['id'] ?? '') ?? raise(missing())),
  },
  {
    ...{ method: 'GET', path: '/rates/:id' },
    handler: ({ path }) => ok(world.rates.get(path['id'] ?? '') ?? raise(missing())),
  },
  {
    ...{ method: 'POST', path: '/transactions' },
    handler: ({ body }) => created(createTransaction(world, body)),
  },
  {
    ...{ method: 'GET', path: '/transactions' },
    handler: ({ query }) =>
      listed(
        [...world.transactions.values()].filter(({ rate }) => rate === query.get('rate')),
        query,
      ),
  },
  {
    ...{ method: 'GET', path: '/transactions/:id' },
    handler: ({ path }) => ok(world.transactions.get(path['id'] ?? '') ?? raise(missing())),
  },
  {
    ...{ method: 'POST', path: '/refunds' },
    handler: ({ body }) => created(createRefund(world, body)),
  },
  {
    ...{ method: 'POST', path: '/pickups' },
    handler: ({ body }) => created(createPickup(world, body)),
  },
  {
    ...{ method: 'POST', path: '/tracks' },
    handler: ({ body }) => {
      const [carrier, number] = [textAt(body, 'carrier'), textAt(body, 'tracking_number')];
      if (carrier === null) throw invalid('carrier');
      if (number === null) throw invalid('tracking_number');
      return ok(trackOf(world, carrier, number));
    },
  },
  {
    ...{ method: 'GET', path: '/tracks/:carrier/:number' },
    handler: ({ path }) => ok(trackOf(world, path['carrier'] ?? '', path['number'] ?? '')),
  },
];

/** What every object of Shippo's has. */
const stamped = (world: World, id = world.nextId()) => ({
  ...{ object_id: id, object_created: world.now(), object_updated: world.now() },
  object_owner: 'shippotle@example.com',
});

const raise = (error: Error): never => {
  throw error;
};

const SERVICES = [
  {
    provider: 'UPS',
    carrier: 'ups',
    token: 'ups_express_saver',
    name: 'Saver',
    base: 4_100,
    days: 3,
  },
  {
    provider: 'DHL Express',
    carrier: 'dhl_express',
    token: 'dhl_express_worldwide',
    name: 'Worldwide',
    base: 3_900,
    days: 2,
  },
  {
    provider: 'FedEx',
    carrier: 'fedex',
    token: 'fedex_economy',
    name: 'Economy',
    base: 3_300,
    days: 6,
  },
] as const;

function createShipment(world: World, body: Json): Json {
  for (const name of ['address_from', 'address_to']) {
    const address = objectAt(body, name);
    const absent = ['street1', 'city', 'zip', 'country'].find(
      (field) => textAt(address, field) === null,
    );
    if (absent !== undefined) throw invalid(name, `${absent} is required.`);
  }
  const parcels = Array.isArray(body['parcels']) ? body['parcels'].filter(isJson) : [];
  if (parcels.length === 0) throw invalid('parcels');
  const id = world.nextId();
  const crosses =
    textAt(objectAt(body, 'address_from'), 'country') !==
    textAt(objectAt(body, 'address_to'), 'country');
  const given = objectAt(body, 'customs_declaration')['items'];
  const items = Array.isArray(given) ? given : [];
  const isDeclared = !crosses || items.length > 0;
  const declaration = objectAt(body, 'customs_declaration');
  const shipment: Json = {
    ...{ ...body, ...stamped(world, id), test: true },
    ...{ status: 'SUCCESS', messages: [], carrier_accounts: [] },
    address_from: { ...objectAt(body, 'address_from'), ...stamped(world) },
    address_to: { ...objectAt(body, 'address_to'), ...stamped(world) },
    ...(crosses && isDeclared
      ? {
          customs_declaration: {
            ...{ ...declaration, ...stamped(world) },
            items: items.map(() => world.nextId()),
          },
        }
      : {}),
    parcels: parcels.map((parcel) => ({ ...stamped(world), object_state: 'VALID', ...parcel })),
    rates: isDeclared ? SERVICES.map((service) => rateOf(world, id, service, parcels)) : [],
  };
  world.shipments.set(id, shipment);
  return shipment;
}

/** Invented tariffs of the right order: nobody's price list. */
function rateOf(
  world: World,
  shipment: string,
  service: (typeof SERVICES)[number],
  parcels: readonly Json[],
): Json {
  const grams = parcels.reduce((sum, parcel) => sum + (numberAt(parcel, 'weight') ?? 0), 0);
  const amount = ((service.base + Math.ceil(grams / 100)) / 100).toFixed(2);
  const { object_updated: _, ...created } = stamped(world);
  const rate: Json = {
    ...{ ...created, shipment, test: true },
    ...{ provider: service.provider, attributes: [], messages: [] },
    ...{ amount, currency: 'USD', amount_local: amount, currency_local: 'USD' },
    ...{ servicelevel: { name: service.name, token: service.token }, estimated_days: service.days },
    carrier_account: `account_of_${service.token.split('_')[0]}`,
  };
  world.rates.set(String(rate['object_id']), rate);
  return rate;
}

/** One transaction for each parcel; the one that is answered is the first parcel's. */
function createTransaction(world: World, body: Json): Json {
  const rate = world.rates.get(textAt(body, 'rate') ?? '');
  if (rate === undefined) throw invalid('rate', 'Rate with supplied object_id not found.');
  const shipment = world.shipments.get(String(rate['shipment'])) ?? {};
  const parcels = Array.isArray(shipment['parcels']) ? shipment['parcels'].filter(isJson) : [];
  const isRefused = isUndeliverable(shipment);
  const all = parcels.map((parcel): Transaction => {
    const transaction: Transaction = {
      ...{ ...stamped(world), object_state: 'VALID' },
      ...{ rate: String(rate['object_id']), parcel: parcel['object_id'], test: true },
      ...{ metadata: textAt(body, 'metadata') ?? '', status: isRefused ? 'ERROR' : 'SUCCESS' },
      messages: isRefused
        ? [{ source: 'UPS', code: 'address_undeliverable', text: 'Not deliverable.' }]
        : [],
      tracking_number: isRefused ? '' : `1Z${world.nextId().slice(0, 16).toUpperCase()}`,
      label_url: isRefused ? '' : `https://shippo.example.invalid/${world.nextId()}.pdf`,
      ...(isRefused || !isJson(shipment['customs_declaration'])
        ? {}
        : {
            commercial_invoice_url: `https://shippo.example.invalid/${world.nextId()}-invoice.pdf`,
          }),
    };
    world.transactions.set(transaction.object_id, transaction);
    return transaction;
  });
  return all[0] ?? raise(invalid('rate'));
}

function createRefund(world: World, body: Json): Json {
  const transaction = world.transactions.get(textAt(body, 'transaction') ?? '');
  if (transaction === undefined) throw invalid('transaction');
  const isUsed = world.scans.has(transaction.tracking_number);
  if (!isUsed) transaction.status = 'REFUNDPENDING';
  return {
    ...{ ...stamped(world), test: true },
    ...{ transaction: transaction.object_id, status: isUsed ? 'ERROR' : 'QUEUED' },
  };
}

function createPickup(world: World, body: Json): Json {
  const [from, until] = [textAt(body, 'requested_start_time'), textAt(body, 'requested_end_time')];
  if (from === null) throw invalid('requested_start_time');
  if (until === null || until <= from) throw invalid('requested_end_time', 'Before its start.');
  if (textAt(body, 'carrier_account') === null) throw invalid('carrier_account');
  const { object_owner: _, ...created } = stamped(world);
  const pickup: Json = {
    ...{ ...body, ...created, status: 'CONFIRMED', is_test: true },
    ...{ confirmed_start_time: from, confirmed_end_time: until, cancel_by_time: from },
    confirmation_code: 'WTC310058750',
  };
  world.pickups.set(String(pickup['object_id']), pickup);
  return pickup;
}

/** A label of Shippo's own is known under its carrier's name only. */
function trackOf(world: World, carrier: string, number: string): Json {
  const label = [...world.transactions.values()].find((one) => one.tracking_number === number);
  const provider = world.rates.get(label?.rate ?? '')?.['provider'];
  const service = SERVICES.find((one) => one.provider === provider);
  if (service !== undefined && service.carrier !== carrier) throw missing();
  if (!/^[\w]{8,40}$/.test(number)) throw invalid('tracking_number', 'Not a tracking number.');
  const history = world.scans.get(number) ?? [];
  return {
    ...{ carrier, tracking_number: number, test: true, messages: [], metadata: '' },
    ...(history.length === 0 ? {} : { tracking_status: history.at(-1) }),
    tracking_history: history,
  };
}
