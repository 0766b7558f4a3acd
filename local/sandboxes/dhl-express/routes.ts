import { type CarrierAnswer, CarrierApiError, type CarrierRoute } from '../carrier-server.ts';
import { isJson, type Json, numberAt, objectAt, textAt } from '../json.ts';
import { accountNumber, isUndeliverable, type Sold, type World } from './world.ts';

const ok = (body: object): CarrierAnswer => ({ status: 200, body });
const created = (body: object): CarrierAnswer => ({ status: 201, body });

/** DHL's problem details. Its `status` is text. */
export const problem = (
  status: number,
  title: string,
  detail: string,
  additionalDetails: readonly string[] = [],
): CarrierAnswer => ({
  status,
  body: { instance: '/sandbox', status: String(status), title, detail, additionalDetails },
});

const invalid = (...details: string[]): CarrierApiError =>
  new CarrierApiError(problem(422, 'Unprocessable Entity', 'Validation failed.', details));

const nothing = (): CarrierApiError =>
  new CarrierApiError(problem(404, 'Not Found', 'No data found.'));

export const dhlRoutes = (world: World): readonly CarrierRoute[] => [
  { ...{ method: 'POST', path: '/rates' }, handler: ({ body }) => ok(rates(world, body)) },
  { ...{ method: 'POST', path: '/landed-cost' }, handler: ({ body }) => ok(landedCost(body)) },
  {
    ...{ method: 'POST', path: '/shipments' },
    handler: ({ body }) => created(createShipment(world, body)),
  },
  {
    ...{ method: 'GET', path: '/shipments/:number/get-image' },
    handler: ({ path, query }) => ok(image(soldAs(world, path['number']), query)),
  },
  {
    ...{ method: 'GET', path: '/shipments/:number/tracking' },
    handler: ({ path }) => ok({ shipments: [tracked(soldAs(world, path['number']))] }),
  },
  {
    ...{ method: 'GET', path: '/shipments/:number/proof-of-delivery' },
    handler: ({ path }) => ok(proof(soldAs(world, path['number']))),
  },
  {
    ...{ method: 'GET', path: '/tracking' },
    handler: ({ query }) => {
      if (query.get('shipperAccountNumber') !== accountNumber) throw nothing();
      const reference = query.get('shipmentReference');
      const found = [...world.sold.values()].filter((one) => one.reference === reference);
      if (found.length === 0) throw nothing();
      return ok({ shipments: found.map(tracked) });
    },
  },
  {
    ...{ method: 'POST', path: '/pickups' },
    handler: ({ body }) => created(createPickup(world, body)),
  },
  {
    ...{ method: 'DELETE', path: '/pickups/:number' },
    handler: ({ path, query }) => ok(cancelPickup(world, path['number'] ?? '', query)),
  },
];

function soldAs(world: World, number: string | undefined): Sold {
  const sold = world.sold.get(number ?? '');
  if (sold === undefined) throw nothing();
  return sold;
}

const packagesIn = (body: Json): readonly Json[] =>
  Array.isArray(body['packages']) ? body['packages'].filter(isJson) : [];

const weightIn = (body: Json): number =>
  packagesIn(body).reduce((sum, one) => sum + (numberAt(one, 'weight') ?? 0), 0);

/** Refuses an address as DHL does: by its place in the request. */
function checkAddress(address: Json, at: string): void {
  const absent = ['postalCode', 'cityName', 'countryCode', 'addressLine1'].filter(
    (field) => textAt(address, field) === null,
  );
  if (absent.length > 0) {
    throw invalid(...absent.map((field) => `#/${at}/${field}: required key not found`));
  }
}

const PRODUCTS = [
  { code: 'P', name: 'EXPRESS WORLDWIDE', base: 3_990, days: 3 },
  { code: 'Y', name: 'EXPRESS 12:00', base: 5_490, days: 2 },
  { code: 'D', name: 'EXPRESS WORLDWIDE DOC', base: 0, days: 3 },
] as const;

/** Invented tariffs of the right order: nobody's price list. One product is not offered: its price is 0. */
function rates(world: World, body: Json): Json {
  const parties = objectAt(body, 'customerDetails');
  checkAddress(objectAt(parties, 'shipperDetails'), 'customerDetails/shipperDetails');
  checkAddress(objectAt(parties, 'receiverDetails'), 'customerDetails/receiverDetails');
  const kilograms = weightIn(body);
  if (!(kilograms > 0)) throw invalid('#/packages: required key not found');
  return {
    products: PRODUCTS.map(({ code, name, base, days }) => ({
      ...{ productCode: code, productName: name, networkTypeCode: 'TD' },
      weight: { provided: kilograms, unitOfMeasurement: 'metric' },
      totalPrice: [
        {
          ...{ currencyType: 'BILLC', priceCurrency: 'EUR' },
          price: base === 0 ? 0 : Math.round(base + 310 * kilograms) / 100,
        },
        { currencyType: 'PULCL', priceCurrency: 'KRW', price: 99_000 },
      ],
      pricingDate: world.now().toISOString().slice(0, 10),
      deliveryCapabilities: {
        deliveryTypeCode: 'QDDC',
        estimatedDeliveryDateAndTime: new Date(world.now().getTime() + days * 86_400_000)
          .toISOString()
          .slice(0, 19),
      },
    })),
  };
}

/** 4% duty and 19% tax on each item: of the right order, and nobody's tariff. */
function landedCost(body: Json): Json {
  const currency = textAt(body, 'currencyCode');
  const items = Array.isArray(body['items']) ? body['items'].filter(isJson) : [];
  if (currency === null || items.length === 0) throw invalid('#/items: required key not found');
  const line = (typeCode: string, name: string, amount: number) => ({
    ...{ typeCode, name, priceCurrency: currency, price: Math.round(amount * 100) / 100 },
  });
  return {
    products: [
      {
        productCode: 'P',
        weight: { provided: weightIn(body), unitOfMeasurement: 'metric' },
        totalPrice: [{ currencyType: 'BILLC', priceCurrency: currency, price: 0 }],
        items: items.map((item) => {
          const value = (numberAt(item, 'unitPrice') ?? 0) * (numberAt(item, 'quantity') ?? 0);
          return {
            number: item['number'],
            breakdown: [
              line('DUTY', 'Duty', value * 0.04),
              line('TAX', 'Import VAT', value * 1.04 * 0.19),
              line('FEE', 'Merchandise processing', 0),
            ],
          };
        }),
      },
    ],
  };
}

function createShipment(world: World, body: Json): Json {
  const parties = objectAt(body, 'customerDetails');
  const receiver = objectAt(parties, 'receiverDetails');
  checkAddress(objectAt(receiver, 'postalAddress'), 'customerDetails/receiverDetails');
  if (isUndeliverable(receiver)) {
    throw new CarrierApiError(
      problem(400, 'Bad Request', '8006: The destination address is not served.'),
    );
  }
  const content = objectAt(body, 'content');
  const packages = packagesIn(content);
  if (packages.length === 0) throw invalid('#/content/packages: required key not found');
  const [reference] = Array.isArray(body['customerReferences']) ? body['customerReferences'] : [];
  const number = world.digits(10);
  const sold: Sold = {
    number,
    reference: isJson(reference) ? (textAt(reference, 'value') ?? '') : '',
    product: textAt(body, 'productCode') ?? 'P',
    pieces: packages.map(() => `JD01${world.digits(16)}`),
    isDeclared: content['isCustomsDeclarable'] === true,
    insuredFor: insuredFor(body),
    month: world.now().toISOString().slice(0, 7),
    events: [],
  };
  world.sold.set(number, sold);
  const document = (typeCode: string) => ({
    typeCode,
    imageFormat: 'PDF',
    content: 'JVBERi0xLjQ=',
  });
  return {
    shipmentTrackingNumber: number,
    packages: sold.pieces.map((trackingNumber, index) => ({
      ...{ referenceNumber: index + 1, trackingNumber },
    })),
    documents: [document('label'), ...(sold.isDeclared ? [document('invoice')] : [])],
    shipmentCharges: [],
  };
}

/** Insurance is one of the services that a shipment may have. */
function insuredFor(body: Json): string | undefined {
  const services = Array.isArray(body['valueAddedServices']) ? body['valueAddedServices'] : [];
  const insurance = services.filter(isJson).find(({ serviceCode }) => serviceCode === 'II');
  const value = insurance === undefined ? null : numberAt(insurance, 'value');
  return insurance === undefined || value === null
    ? undefined
    : `${value.toFixed(2)} ${textAt(insurance, 'currency')}`;
}

function image({ isDeclared, month }: Sold, query: URLSearchParams): Json {
  const typeCode = query.get('typeCode');
  if (query.get('pickupYearAndMonth') !== month) throw nothing();
  if (typeCode === 'commercial-invoice' && !isDeclared) throw nothing();
  return { documents: [{ typeCode, encodingFormat: 'PDF', content: 'JVBERi0xLjQ=' }] };
}

/** Where there are several pieces each has the scans; the shipment's own are the same. */
const tracked = ({ number, product, pieces, events }: Sold): Json => ({
  ...{ shipmentTrackingNumber: number, status: 'Success', productCode: product, events },
  pieces: pieces.map((trackingNumber, index) => ({
    ...{ number: index + 1, trackingNumber, events },
  })),
});

function proof({ events }: Sold): Json {
  if (events.length === 0) throw nothing();
  return { documents: [{ typeCode: 'POD', encodingFormat: 'PDF', content: 'JVBERi0xLjQKUE9E' }] };
}

function createPickup(world: World, body: Json): Json {
  const shipper = objectAt(objectAt(body, 'customerDetails'), 'shipperDetails');
  checkAddress(objectAt(shipper, 'postalAddress'), 'customerDetails/shipperDetails');
  const number = `PRG${world.digits(12)}`;
  world.pickups.set(number, body);
  return { dispatchConfirmationNumbers: [number], readyByTime: '12:00', nextPickupDate: '' };
}

function cancelPickup(world: World, number: string, query: URLSearchParams): Json {
  for (const name of ['requestorName', 'reason']) {
    if ((query.get(name) ?? '') === '') throw invalid(`#/${name}: required key not found`);
  }
  if (!world.pickups.delete(number)) throw nothing();
  return {};
}
