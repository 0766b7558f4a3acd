import { type ShippoSandbox, startShippoSandbox } from '../../local/sandboxes/shippo/sandbox.ts';
import { shippoCarrier } from '../../src/adapters/carriers/shippo/carrier.ts';
import { toShipment } from '../../src/adapters/carriers/shippo/request.ts';
import { money } from '../../src/money/money.ts';
import { purchaseOf } from '../support/carrier-calls.ts';
import { labelRequest } from '../support/label-requests.ts';
import { officialShippo, type Sent } from '../support/shippo-sdk.ts';

let sandbox: ShippoSandbox;
beforeEach(async () => {
  sandbox = await startShippoSandbox();
});
afterEach(() => sandbox.stop());

/** Field names as the SDK spells them: `address_from` is `addressFrom` there, `reference_1` `reference1`. */
const spelledBySdk = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spelledBySdk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      spelledBySdk(member),
    ]),
  );
};

type Body<Call extends (request: never) => unknown> = Parameters<Call>[0];

const heavy = {
  parcels: [1, 2].map(() => ({
    ...{ weightGrams: 9_500, lengthMm: 600, widthMm: 400, heightMm: 200 },
  })),
};
const inUsa = { country: 'US', state: 'WA' };
const { customs } = labelRequest('any');

describe('the official SDK against the sandbox', () => {
  it('creates a shipment, buys its label, gives it back and has it picked up', async () => {
    const { sdk } = officialShippo(sandbox);
    const body = spelledBySdk(toShipment(labelRequest('ship_1', heavy)));
    const shipment = await sdk.shipments.create(body as Body<typeof sdk.shipments.create>);
    expect(shipment).toMatchObject({ status: 'SUCCESS', metadata: 'ship_1', rates: { length: 3 } });
    expect((await sdk.shipments.get(shipment.objectId)).parcels).toHaveLength(2);
    expect((await sdk.shipments.list({})).results?.map(({ objectId }) => objectId)).toEqual([
      shipment.objectId,
    ]);
    const [rate] = shipment.rates;
    if (rate === undefined) throw new Error('There are no rates.');
    expect(await sdk.rates.get(rate.objectId)).toEqual(rate);
    const label = await sdk.transactions.create({ rate: rate.objectId, async: false });
    expect(label).toMatchObject({ status: 'SUCCESS', labelUrl: expect.stringMatching(/^https/) });
    const bought = (await sdk.transactions.list({ rate: rate.objectId })).results ?? [];
    expect(new Set(bought.map(({ trackingNumber }) => trackingNumber)).size).toBe(2);
    const pickup = await sdk.pickups.create({
      carrierAccount: rate.carrierAccount,
      location: {
        buildingLocationType: 'Front Door',
        address: { ...shipment.addressFrom, state: '' } as never,
      },
      transactions: bought.map(({ objectId }) => objectId ?? ''),
      requestedStartTime: new Date('2026-12-01T09:00:00.000Z'),
      requestedEndTime: new Date('2026-12-01T17:00:00.000Z'),
    });
    expect(pickup).toMatchObject({ status: 'CONFIRMED', confirmationCode: expect.any(String) });
    const refund = await sdk.refunds.create({ transaction: label.objectId ?? '' });
    expect(refund.status).toBe('QUEUED');
    expect(await sdk.transactions.get(label.objectId ?? '')).toMatchObject({
      status: 'REFUNDPENDING',
    });
  });

  it('follows a parcel, before and after it was scanned', async () => {
    const { sdk } = officialShippo(sandbox);
    const number = { carrier: 'ups', trackingNumber: '1Z204E380338950123' };
    const followed = await sdk.trackingStatus.create(number);
    expect(followed).toMatchObject({ ...number, trackingHistory: [] });
    const port = shippoCarrier({ apiKey: sandbox.apiKey, baseUrl: sandbox.url, timeoutMs: 30_000 });
    const prepared = await port.prepare(labelRequest('ship_1'));
    if (prepared.kind !== 'prepared') throw new Error(prepared.message);
    const label = await port.buy(purchaseOf(prepared));
    if (label.kind !== 'purchased') throw new Error(label.message);
    sandbox.control.deliver(label.trackerId);
    expect(await sdk.trackingStatus.get(label.trackingNumber, 'fedex')).toMatchObject({
      trackingStatus: { status: 'DELIVERED' },
      trackingHistory: { length: 5 },
    });
  });

  it('is told what is wrong, and that a key is not known', async () => {
    const { sdk } = officialShippo(sandbox);
    const blank = spelledBySdk(toShipment(labelRequest('ship_1', { to: { street1: ' ' } })));
    await expect(
      sdk.shipments.create(blank as Body<typeof sdk.shipments.create>),
    ).rejects.toMatchObject({ statusCode: 400, body: expect.stringContaining('address_to') });
    await expect(sdk.transactions.get('none')).rejects.toMatchObject({ statusCode: 404 });
    const { sdk: stranger } = officialShippo({ ...sandbox, apiKey: 'shippo_live_someone_else' });
    await expect(stranger.shipments.list({})).rejects.toMatchObject({ statusCode: 401 });
  });
});

/** The body that the SDK sends of the same values, past its own checks. */
const bySdk = async (
  call: (sdk: ReturnType<typeof officialShippo>['sdk']) => Promise<unknown>,
): Promise<Sent['body']> => {
  const { sdk, sent } = officialShippo(sandbox);
  await call(sdk);
  return sent[0]?.body;
};
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('What the Shippo adapter sends of a shipment', () => {
  it.each([
    ['a parcel', labelRequest('ship_1')],
    ['several parcels that go back', labelRequest('ship_1', { ...heavy, isReturn: true })],
    ['an insured one', labelRequest('ship_1', { insuredValue: money('EUR', 100_000n) })],
    [
      'several insured ones',
      labelRequest('ship_1', { ...heavy, insuredValue: money('EUR', 100_001n) }),
    ],
    ['one inside a country', labelRequest('ship_1', { from: { country: 'DE' } })],
    [
      'an export that was filed',
      labelRequest('ship_1', {
        from: inUsa,
        customs: { ...customs, exportFilingCitation: 'AES X20261123012345' },
      }),
    ],
    [
      'one that needs no filing, under terms that Shippo does not know',
      labelRequest('ship_1', {
        from: inUsa,
        customs: {
          ...{ ...customs, incoterm: 'CIP' },
          items: customs.items.map((item) => ({ ...item, value: money('USD', 250_000n) })),
        },
      }),
    ],
  ])('of %s is what the official SDK takes and sends', async (_, request) => {
    const body = toShipment(request);
    const spelled = spelledBySdk(asJson(body));
    const sent = await bySdk((sdk) =>
      sdk.shipments.create(spelled as Body<typeof sdk.shipments.create>),
    );
    expect(sent).toEqual(asJson(body));
  });

  it('of an export says how it was filed, and no terms that Shippo does not know', () => {
    const declared = (from: typeof inUsa | object, changes: object) => {
      const body = toShipment(
        labelRequest('ship_1', { from, customs: { ...customs, ...changes } }),
      );
      return 'customs_declaration' in body ? body.customs_declaration : undefined;
    };
    expect(declared(inUsa, { exportFilingCitation: 'AES X20261123012345' })).toMatchObject({
      ...{ eel_pfc: 'AES_ITN', aes_itn: 'X20261123012345', incoterm: 'DAP' },
    });
    expect(declared(inUsa, {})).not.toHaveProperty('eel_pfc');
    const items = customs.items.map((item) => ({ ...item, value: money('USD', 250_000n) }));
    expect(declared(inUsa, { items })).toHaveProperty('eel_pfc', 'NOEEI_30_37_a');
    expect(declared({}, { items })).not.toHaveProperty('eel_pfc');
    expect(declared({}, { incoterm: 'CIP' })).not.toHaveProperty('incoterm');
  });
});

describe('What the Shippo adapter sends later', () => {
  it('of a purchase, a refund and a pickup is what the official SDK takes and sends', async () => {
    const bodies: Sent[] = [];
    const port = shippoCarrier({
      ...{ apiKey: sandbox.apiKey, baseUrl: sandbox.url, timeoutMs: 30_000 },
      fetch: (url, init) => {
        const text = typeof init?.body === 'string' ? init.body : 'null';
        if (init?.method === 'POST') {
          bodies.push({ path: new URL(String(url)).pathname, body: JSON.parse(text) });
        }
        return fetch(url, init);
      },
    });
    const request = labelRequest('ship_1');
    const prepared = await port.prepare(request);
    if (prepared.kind !== 'prepared') throw new Error(prepared.message);
    const label = await port.buy(purchaseOf(prepared));
    if (label.kind !== 'purchased') throw new Error(label.message);
    const sold = { ...label, carrierShipmentId: prepared.carrierShipmentId };
    await port.schedulePickup({
      ...{ ...sold, reference: 'pkp_1', address: request.from, parcels: request.parcels },
      ...{ readyAt: '2026-12-01T09:00:00.000Z', closesAt: '2026-12-01T17:00:00.000Z' },
      requestedAt: '2026-11-30T12:00:00.000Z',
    });
    await port.cancel(sold);
    const of = (path: string) => bodies.find((one) => one.path === path)?.body as never;
    const spelled = (path: string) => spelledBySdk(of(path)) as never;
    expect(await bySdk((sdk) => sdk.transactions.create(spelled('/transactions')))).toEqual(
      of('/transactions'),
    );
    expect(await bySdk((sdk) => sdk.refunds.create(spelled('/refunds')))).toEqual(of('/refunds'));
    const { requestedStartTime, requestedEndTime, ...pickup } = spelled('/pickups') as {
      readonly requestedStartTime: string;
      readonly requestedEndTime: string;
    };
    const times = {
      requestedStartTime: new Date(requestedStartTime),
      requestedEndTime: new Date(requestedEndTime),
    };
    expect(await bySdk((sdk) => sdk.pickups.create({ ...pickup, ...times } as never))).toEqual(
      of('/pickups'),
    );
  });
});
