import {
  accountNumber,
  type DhlExpressSandbox,
  startDhlExpressSandbox,
} from '../../local/sandboxes/dhl-express/sandbox.ts';
import { dhlExpressCarrier } from '../../src/adapters/carriers/dhl/carrier.ts';
import { money } from '../../src/money/money.ts';
import type { LabelRequest } from '../../src/shipment/ports.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import { labelRequest } from '../support/label-requests.ts';
import { exchanges, Problem } from '../support/mydhl-schemas.ts';

let sandbox: DhlExpressSandbox;
beforeEach(async () => {
  sandbox = await startDhlExpressSandbox();
});
afterEach(() => sandbox.stop());

const routeOf = (method: string, url: string): string =>
  `${method} ${new URL(url).pathname.replace(/^\/(shipments|pickups)\/[^/]+/, '/$1/{number}')}`;

/** A carrier whose every call is checked against DHL's description, both ways. */
function checkedCarrier(seen: Set<string>, refusals: unknown[] = []) {
  const { username, password, url: baseUrl } = sandbox;
  return dhlExpressCarrier({
    ...{ username, password, baseUrl, accountNumber, timeoutMs: 30_000, now: () => new Date() },
    fetch: async (url, init) => {
      const route = routeOf(init?.method ?? 'GET', String(url));
      const exchange = exchanges[route];
      if (exchange === undefined) throw new Error(`${route} is no call of MyDHL's.`);
      if (exchange.request !== undefined) exchange.request.parse(JSON.parse(String(init?.body)));
      expect(new Headers(init?.headers).get('x-version')).toBe('3.1.0');
      const response = await fetch(url, init);
      const body: unknown = await response.clone().json();
      if (response.ok) exchange.answer.parse(body);
      else refusals.push(Problem.parse(body));
      seen.add(route);
      return response;
    },
  });
}

async function wholeLife(request: LabelRequest, seen = new Set<string>()) {
  const port = checkedCarrier(seen);
  await port.quoteRates(request);
  const label = await port.buy(purchaseOf({ carrierShipmentId: request.reference }, request));
  if (label.kind !== 'purchased') throw new Error(label.message);
  const sold = { ...label, carrierShipmentId: request.reference };
  await port.documents(sold);
  const pickup = await port.schedulePickup({
    ...{ ...sold, reference: 'pkp_1', address: request.from, parcels: request.parcels },
    ...{ readyAt: '2026-12-01T09:00:00.000Z', closesAt: '2026-12-01T17:00:00.000Z' },
    ...{ requestedAt: '2026-11-30T12:00:00.000Z', instructions: 'Ring twice. '.repeat(20) },
  });
  if (pickup.kind !== 'scheduled') throw new Error(pickup.message);
  for (const _ of [1, 2]) expect(await port.cancelPickup(pickup)).toEqual({ kind: 'canceled' });
  sandbox.control.deliver(label.trackerId);
  expect(await port.track(label.trackerId)).toHaveProperty('proof');
  expect(await port.buy(purchaseOf({ carrierShipmentId: request.reference }, request))).toEqual({
    ...label,
  });
  return seen;
}

const { customs } = labelRequest('any');
const long = 'Gesellschaft für elektrische Antriebe und Steuerungen '.repeat(3);

describe('What the DHL Express adapter sends and the sandbox answers', () => {
  it.each<[string, LabelRequest]>([
    ['a parcel across a border', labelRequest('ship_1')],
    ['one inside a country', labelRequest('ship_1', { from: { country: 'DE' } })],
    [
      'three insured parcels under DDP',
      labelRequest('ship_1', {
        parcels: [1, 2, 3].map(() => ({
          ...{ weightGrams: 9_999, lengthMm: 605, widthMm: 400, heightMm: 201 },
        })),
        insuredValue: money('USD', 1_150_000n),
        customs: { ...customs, incoterm: 'DDP' },
      }),
    ],
    ['goods that go back', labelRequest('ret_1', { isReturn: true })],
    [
      'an export that was filed, between people of long names',
      labelRequest('ship_1', {
        from: { country: 'US', state: 'WA', street1: long, company: long, city: long },
        to: { email: `${'x'.repeat(90)}@example.com`, state: 'B' },
        customs: { ...customs, exportFilingCitation: 'AES X20261123012345' },
      }),
    ],
    [
      'an export that needs no filing, of lines that do not divide',
      labelRequest('ship_1', {
        from: { country: 'US', state: 'WA' },
        customs: {
          ...customs,
          items: customs.items.map((item) => ({
            ...{ ...item, quantity: 7, value: money('USD', 100_001n), weightGrams: 1_003 },
          })),
        },
      }),
    ],
  ])('is as MyDHL 3.1.1 describes it, for %s', async (_, request) => {
    const seen = await wholeLife(request);
    const calls = Object.keys(exchanges).filter(
      (route) => route !== 'POST /landed-cost' || request.from.country !== request.to.country,
    );
    expect([...seen].toSorted()).toEqual(calls.toSorted());
  });

  it('is a refusal in DHL’s own shape, and none where a telephone number is missing', async () => {
    const refusals: unknown[] = [];
    const port = checkedCarrier(new Set(), refusals);
    const blank = labelRequest('ship_1', { to: { street1: 'UNDELIVERABLE 7' } });
    expect(await port.buy(purchaseOf({ carrierShipmentId: 'ship_1' }, blank))).toMatchObject({
      ...{ kind: 'refused', code: 'DHL.8006' },
    });
    expect(refusals).toHaveLength(2);
    const { phone: _, ...to } = labelRequest('ship_1').to;
    expect(await port.prepare({ ...labelRequest('ship_1'), to })).toMatchObject({
      ...{ kind: 'refused', code: 'PHONE.REQUIRED', fields: ['to.phone'] },
    });
  });
});
