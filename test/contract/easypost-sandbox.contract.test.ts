import {
  type EasyPostSandbox,
  startEasyPostSandbox,
} from '../../local/sandboxes/easypost/sandbox.ts';
import { toShipmentRequest } from '../../src/adapters/carriers/easypost/shipment-request.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../support/corpus.ts';
import { officialSdk } from '../support/easypost-sdk.ts';
import { labelRequest } from '../support/label-requests.ts';

let sandbox: EasyPostSandbox;
beforeEach(async () => {
  sandbox = await startEasyPostSandbox({ env: {} });
});
afterEach(() => sandbox.stop());

const sdk = () => officialSdk(sandbox);

const { shipment: parameters } = toShipmentRequest(labelRequest('ship_1'));

/** The text of an answer, without what the SDK adds of the request. */
const show = async (webhookId: string): Promise<string> => {
  const authorization = `Basic ${btoa(`${sandbox.apiKey}:`)}`;
  const url = `${sandbox.url}/v2/webhooks/${webhookId}`;
  return (await fetch(url, { headers: { authorization } })).text();
};

const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ statusCode, code, errors }) => ({ statusCode, code, errors }),
  );

describe('the official SDK against the sandbox: shipments', () => {
  it('creates, buys and retrieves one, by id and by reference', async () => {
    const created = await sdk().Shipment.create(parameters);
    expect(created.postage_label).toBeNull();
    const bought = await sdk().Shipment.buy(created.id, created.lowestRate());
    expect(bought.selected_rate.rate).toBe(created.lowestRate().rate);
    expect(bought.tracker.tracking_code).toBe(bought.tracking_code);
    expect(bought.forms[0]?.form_type).toBe('commercial_invoice');
    expect((await sdk().Shipment.retrieve('ship_1')).id).toBe(created.id);
  });

  it('is refused a second purchase', async () => {
    const { id, rates } = await sdk().Shipment.create(parameters);
    await sdk().Shipment.buy(id, rates[0]?.id ?? '');
    expect(await refusalOf(sdk().Shipment.buy(id, rates[1]?.id ?? ''))).toMatchObject({
      statusCode: 422,
      code: 'SHIPMENT.POSTAGE.EXISTS',
    });
    expect(sandbox.control.requests().labels).toBe(1);
  });

  it('insures one that was bought, once, and lists the pickups of it', async () => {
    const { id, rates } = await sdk().Shipment.create(parameters);
    expect(await refusalOf(sdk().Shipment.insure(id, 200))).toMatchObject({ statusCode: 422 });
    const bought = await sdk().Shipment.buy(id, rates[0]?.id ?? '');
    expect((await sdk().Shipment.insure(id, 200)).insurance).toBe('200.00');
    expect(await refusalOf(sdk().Shipment.insure(id, 200))).toMatchObject({ statusCode: 422 });
    const pickup = await sdk().Pickup.create({
      ...{ shipment: bought, address: bought.from_address, reference: 'pkp_1' },
      ...{ min_datetime: '2026-12-01 09:00:00', max_datetime: '2026-12-01 17:00:00' },
    });
    expect((await sdk().Pickup.all()).pickups).toMatchObject([
      { id: pickup.id, status: 'unknown' },
    ]);
    const { carrier, service } = pickup.pickup_rates[0] ?? {};
    const ordered = await sdk().Pickup.buy(pickup.id, carrier ?? '', service ?? '');
    expect(ordered).toMatchObject({ status: 'scheduled', confirmation: expect.any(String) });
    expect(await sdk().Pickup.cancel(pickup.id)).toMatchObject({ status: 'canceled' });
    expect(await sdk().Pickup.retrieve(pickup.id)).toMatchObject({ status: 'canceled' });
  });

  it('is told which fields are wrong', async () => {
    const bad = { ...parameters, to_address: { ...parameters.to_address, zip: '' } };
    expect(await refusalOf(sdk().Shipment.create(bad))).toMatchObject({
      statusCode: 422,
      errors: [{ field: 'to_address.zip' }],
    });
    expect(await refusalOf(sdk().Shipment.retrieve('shp_none'))).toMatchObject({ statusCode: 404 });
  });

  it('gets no rates across a border without customs data, and is told why', async () => {
    const { customs_info: _, ...bare } = parameters;
    const { rates, messages } = await sdk().Shipment.create(bare);
    expect(rates).toEqual([]);
    expect(messages[0]?.type).toBe('rate_error');
  });

  it('pages through them, newest first', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.unshift((await sdk().Shipment.create(parameters)).id);
    }
    const first = await sdk().Shipment.all({ page_size: 3, purchased: false });
    const second = await sdk().Shipment.getNextPage(first, 3);
    const shown = [...first.shipments, ...second.shipments].map(({ id }: { id: string }) => id);
    expect([first.has_more, second.has_more, shown]).toEqual([true, false, ids]);
    expect((await sdk().Shipment.all()).shipments).toEqual([]);
  });
});

describe('the official SDK against the sandbox: trackers, webhooks and events', () => {
  it.each([
    ['EZ1000000001', 'pre_transit'],
    ['EZ2000000002', 'in_transit'],
    ['EZ3000000003', 'out_for_delivery'],
    ['EZ4000000004', 'delivered'],
    ['EZ5000000005', 'return_to_sender'],
    ['EZ6000000006', 'failure'],
    ['EZ7000000007', 'unknown'],
    ['1Z9999999999999999', 'unknown'],
  ])('the test code %s is %s', async (code, status) => {
    const tracker = await sdk().Tracker.create({ tracking_code: code, carrier: 'USPS' });
    expect(tracker.status).toBe(status);
    expect(await sdk().Tracker.retrieve(tracker.id)).toMatchObject({ id: tracker.id, status });
    const { trackers } = await sdk().Tracker.all({ tracking_code: code });
    expect(trackers).toHaveLength(1);
  });

  it('manages webhooks, whose secrets are never shown', async () => {
    const hook = await sdk().Webhook.create({
      ...{ url: 'http://127.0.0.1:9/nobody', webhook_secret: 'very secret' },
      custom_headers: [{ name: 'x-static', value: 'token' }],
    });
    expect(await show(hook.id)).not.toContain('very secret');
    expect((await sdk().Webhook.all()).webhooks).toHaveLength(1);
    await sdk().Webhook.update(hook.id, { webhook_secret: 'another' });
    expect((await sdk().Webhook.retrieve(hook.id)).custom_headers[0]?.value).toBe('token');
    await sdk().Webhook.delete(hook.id);
    expect((await sdk().Webhook.all()).webhooks).toEqual([]);
  });

  it('retrieves an event with what it was about', async () => {
    await sdk().Tracker.create({ tracking_code: 'EZ1000000001' });
    const { events } = await sdk().Event.all({});
    const event = await sdk().Event.retrieve(events[0]?.id ?? '');
    expect(event).toMatchObject({ description: 'tracker.created', result: { object: 'Tracker' } });
  });
});

describe('the keys of the sandbox', () => {
  it.each(['EZAKlive', 'EZTKreal', ''])('are not %j', async (key) => {
    const authorization = `Basic ${btoa(`${key}:`)}`;
    const response = await fetch(`${sandbox.url}/v2/shipments`, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'APIKEY.INACTIVE', errors: [] } });
  });

  it('are needed', async () => {
    expect((await fetch(`${sandbox.url}/v2/trackers`)).status).toBe(401);
  });

  it('never stand beside a production key', async () => {
    const started = startEasyPostSandbox({ env: { EASYPOST_API_KEY: ' EZAK0123456789' } });
    await expect(started).rejects.toMatchObject({ code: 'SANDBOX.LIVE_KEY_PRESENT' });
  });
});

describe('the shapes of the sandbox', () => {
  /** Members that were recorded and are not answered, or as another kind. A null fits anything. */
  const missing = (recorded: object, answered: object | undefined) =>
    Object.entries(recorded)
      .filter(([name, value]) => {
        const other = (answered as Record<string, unknown>)[name];
        if (other === undefined) return true;
        return value !== null && other !== null && typeof value !== typeof other;
      })
      .map(([name]) => name);

  const name = corpusTest('have every member that EasyPost was recorded to answer with');
  (corpusDirectory() ? it : it.skip)(name, async () => {
    const recorded = (file: string) =>
      JSON.parse(readCorpus('carriers', 'easypost', file).toString('utf8'));
    const created = await sdk().Shipment.create(parameters);
    expect(missing(recorded('rec_shipment_create_response.json'), created)).toEqual([]);
    const bought = await sdk().Shipment.buy(created.id, created.lowestRate());
    const reference = recorded('rec_shipment_buy_response.json');
    expect(missing(reference, bought)).toEqual([]);
    for (const part of [
      'postage_label',
      'selected_rate',
      'tracker',
      'parcel',
      'to_address',
    ] as const) {
      expect([part, missing(reference[part], bought[part])]).toEqual([part, []]);
    }
    sandbox.control.advance(bought.tracker.id);
    const tracker = await sdk().Tracker.retrieve(bought.tracker.id);
    const { tracking_details: details, ...rest } = recorded('rec_tracker_pre_transit_usps.json');
    expect(missing(rest, tracker)).toEqual([]);
    expect(missing(details[0], tracker.tracking_details[0])).toEqual([]);
  });
});
