import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { undeliverableStreet } from '../../local/sandboxes/easypost/shipments.ts';
import type { Answer, ProblemBody, Trade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { quiet, shippedTrade, stepsOf, trackingNumberOf } from './journey.ts';

const stack = withStack({ deliveryGraceSeconds: 0 });

const file = join(import.meta.dirname, '../../events/marketplace/quote-shipping.v1.json');
const consignment = JSON.parse(readFileSync(file, 'utf8'));

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

const post = (path: string, body?: unknown, key?: string): Promise<Answer> =>
  stack().api.call(path, { body, headers: { 'idempotency-key': key } });
const get = (path: string): Promise<Answer> => stack().api.call(path, { method: 'GET' });
const of = (trade: Pick<Trade, 'id'>, path: string): string => `/v1/trades/${trade.id}/${path}`;

/** Asks until a trade is as it should be. */
const until = (id: string, isSo: (trade: Trade) => boolean): Promise<Trade> =>
  eventually(
    async () => {
      const trade = await stack().api.getTrade(id);
      if (isSo(trade)) return trade;
      throw new Error(`${id} is not so yet.`);
    },
    { everyMs: 50 },
  );

describe('POST /v1/shipping-rates', () => {
  it('answers what carriers would take, by time or price, and buys nothing', async () => {
    const before = stack().easypost.control.requests().labels;
    const { insuredValue: _, maxDays: __, ...body } = consignment;
    const answer = await post('/v1/shipping-rates', body);
    expect(answer).toMatchObject({
      status: 200,
      body: { provider: 'easypost', duties: { kind: 'not_included' }, parcels: { length: 2 } },
    });
    const { rates } = answer.body as { rates: { price: { amountMinor: string } }[] };
    expect(rates.length).toBeGreaterThan(1);
    expect(rates[0]).toEqual({
      ...{ carrier: expect.any(String), service: expect.any(String) },
      ...{ price: expect.any(Object), deliveryDays: expect.any(Number) },
    });
    const cheapest = await post('/v1/shipping-rates', { ...body, prefer: 'price' });
    const prices = (cheapest.body as { rates: typeof rates }).rates.map(({ price }) =>
      Number(price.amountMinor),
    );
    expect(prices).toEqual(prices.toSorted((left, right) => left - right));
    expect(stack().easypost.control.requests().labels).toBe(before);
  });

  it('names each field that the carrier refuses, and every one that does not fit', async () => {
    const { parcels: _, ...body } = consignment;
    const to = { ...body.to, address: { ...body.to.address, postalCode: '0' } };
    stack().easypost.control.injectFault({ kind: 'rate_limit', path: '/v2/shipments' });
    expect(await post('/v1/shipping-rates', body)).toMatchObject({
      ...{ status: 503, body: { code: 'carrier.rate_limited' } },
    });
    const insured = { ...body, insuredValue: { currency: 'EUR', amountMinor: '900000' } };
    expect(await post('/v1/shipping-rates', insured)).toMatchObject({
      status: 422,
      body: {
        ...{ code: 'shipping.refused', detail: expect.stringContaining('INSURANCE.NOT_OFFERED') },
        errors: [{ pointer: '/insuredValue', code: 'INSURANCE.NOT_OFFERED' }],
      },
    });
    const wrong = await post('/v1/shipping-rates', { ...body, to, incoterm: 'DDU', speed: 1 });
    expect((wrong.body as ProblemBody).errors?.map(({ pointer }) => pointer)).toEqual([
      ...['/incoterm', '/speed'],
    ]);
  });
});

describe('A trade whose buyer has no address that a carrier knows', () => {
  it('shows that its label was refused, and of what', async () => {
    const { buyer, seller } = sampleTrade.parties;
    const address = { ...buyer.address, street1: `${undeliverableStreet} 7` };
    const parties = { seller, buyer: { ...buyer, address } };
    const { id, payment } = await stack().api.openTrade({ ...sampleTrade, parties }, newKey());
    stack().stripe.control.pay(payment.paymentIntentId);
    const { shipments } = await until(id, (trade) => trade.shipments[0]?.status === 'refused');
    expect(shipments).toEqual([
      {
        ...{ id: expect.any(String), status: 'refused', reason: 'SHIPMENT.POSTAGE.FAILURE' },
        refusedFields: ['to'],
      },
    ]);
    expect(await get(of({ id }, 'shipment/documents'))).toMatchObject({
      ...{ status: 409, body: { code: 'shipment.no_label' } },
    });
    expect(
      await post(of({ id }, 'shipment/pickup'), { readyAt: inHours(1), closesAt: inHours(9) }, 'k'),
    ).toMatchObject({ status: 409, body: { code: 'pickup.no_label' } });
  });
});

describe('A trade that is shipped', () => {
  let trade: Trade;
  beforeAll(async () => {
    trade = await shippedTrade(stack());
  });

  it('has its label and its invoice, by links of the carrier, for its own marketplace', async () => {
    const { status, body } = await get(of(trade, 'shipment/documents'));
    expect(status).toBe(200);
    const shipmentId = trade.shipments[0]?.id;
    expect(body).toMatchObject({
      data: [
        { shipmentId, type: 'label', url: expect.stringMatching(/^https:/) },
        { shipmentId, type: 'commercial_invoice', format: 'pdf' },
      ],
    });
    const apiKey = await stack().addApiKey('mkt_another');
    const headers = { authorization: `Bearer ${apiKey}` };
    const path = of(trade, 'shipment/documents');
    expect(await stack().api.call(path, { method: 'GET', headers })).toMatchObject({
      ...{ status: 404, body: { code: 'trade.not_found' } },
    });
  });

  it('has a courier come, once for each key', async () => {
    const order = { readyAt: inHours(1), closesAt: inHours(9) };
    const path = of(trade, 'shipment/pickup');
    stack().easypost.control.injectFault({
      ...{ kind: 'error_after_execution', method: 'POST', path: '/v2/pickups' },
    });
    const key = newKey();
    expect((await post(path, order, key)).status).toBe(200);
    expect((await post(path, order, key)).status).toBe(200);
    const { shipments } = await until(trade.id, (now) =>
      JSON.stringify(now.shipments).includes('"scheduled"'),
    );
    expect(shipments).toMatchObject([
      {
        pickups: [
          {
            ...{ id: expect.stringMatching(/^pkp_/), status: 'scheduled', ...order },
            ...{ confirmation: expect.any(String), price: { currency: 'USD', amountMinor: '420' } },
          },
        ],
      },
    ]);
    expect(stack().easypost.control.requests().byRoute).toMatchObject({
      ...{ 'POST /v2/pickups': 1, 'POST /v2/pickups/:id/buy': 1 },
    });
    expect(await post(path, order, newKey())).toMatchObject({
      ...{ status: 409, body: { code: 'pickup.ordered' } },
    });
    const turned = { readyAt: order.closesAt, closesAt: order.readyAt };
    expect((await post(path, turned, newKey())).body).toMatchObject({
      ...{ code: 'request.invalid', errors: [{ pointer: '/closesAt' }] },
    });
    expect(await post(path, order)).toMatchObject({
      ...{ status: 400, body: { code: 'idempotency.key_required' } },
    });
  });

  it('has the courier not come, and another come instead', async () => {
    const path = of(trade, 'shipment/pickup');
    const pickupsOf = ({ shipments }: Trade) =>
      (shipments[0] as { readonly pickups?: readonly { id: string; status: string }[] }).pickups ??
      [];
    const [pickup] = pickupsOf(await stack().api.getTrade(trade.id));
    const cancellation = `${path}/cancellation`;
    expect(await post(cancellation, { pickupId: 'pkp_none' })).toMatchObject({
      ...{ status: 409, body: { code: 'pickup.not_found' } },
    });
    for (const _ of [1, 2]) {
      expect((await post(cancellation, { pickupId: pickup?.id })).status).toBe(200);
    }
    await until(trade.id, (now) => pickupsOf(now)[0]?.status === 'canceled');
    expect(stack().easypost.control.requests()).toMatchObject({
      ...{ byRoute: { 'POST /v2/pickups/:id/cancel': 1 }, couriers: 0 },
    });
    const order = { readyAt: inHours(1), closesAt: inHours(9) };
    expect((await post(path, order, newKey())).status).toBe(200);
    await until(trade.id, (now) => pickupsOf(now)[1]?.status === 'scheduled');
  });
});

describe('A dispute whose goods go back', () => {
  it('has one return, with a label and a courier of its own', async () => {
    const trade = await shippedTrade(stack());
    const disputed = await post(of(trade, 'disputes'), { reason: 'damaged' }, newKey());
    const [dispute] = (disputed.body as Trade).disputes;
    const disputeId = dispute?.disputeId ?? '';
    const path = of(trade, `disputes/${disputeId}/return`);
    expect(await post(path)).toMatchObject({
      ...{ status: 409, body: { code: 'return.nothing_sent' } },
    });
    stack().easypost.control.advance(trackingNumberOf(trade), { status: 'in_transit' });
    await until(trade.id, (now) => now.shipments[0]?.status === 'picked_up');
    for (const answer of [await post(path), await post(path)]) expect(answer.status).toBe(200);
    expect(await post(of(trade, 'disputes/dsp_none/return'))).toMatchObject({
      ...{ status: 409, body: { code: 'dispute.not_found' } },
    });
    const back = await until(trade.id, (now) => now.returns[0]?.status === 'label_created');
    expect(back.returns).toMatchObject([
      { disputeId, trackingNumber: expect.any(String), carrier: expect.any(String) },
    ]);
    expect(stepsOf(back).filter((type) => type === 'ReturnRequested')).toHaveLength(1);
    const { body } = await get(of(trade, 'shipment/documents'));
    const papers = (body as { data: { type: string; disputeId?: string }[] }).data;
    expect(papers.filter((paper) => paper.disputeId === disputeId)).toMatchObject([
      ...[{ type: 'label' }, { type: 'commercial_invoice' }],
    ]);
    const order = { readyAt: inHours(1), closesAt: inHours(9), disputeId };
    expect((await post(of(trade, 'shipment/pickup'), order, newKey())).status).toBe(200);
    await until(trade.id, (now) => JSON.stringify(now.returns).includes('"scheduled"'));
  });
});

describe('A link to the tracking page', () => {
  const open = async (url: string | undefined): Promise<number> => {
    const { pathname } = new URL(url ?? '');
    return (await fetch(`${stack().url}${pathname}`)).status;
  };

  it('opens nothing once another took its place, or once it was revoked', async () => {
    const trade = await stack().api.openTrade(sampleTrade, newKey());
    const path = of(trade, 'tracking-link');
    const urlIn = (answer: Answer) => (answer.body as { trackingUrl?: string }).trackingUrl;
    const first = urlIn({ body: trade } as unknown as Answer);
    expect(await open(first)).toBe(200);
    const key = newKey();
    const renewed = await post(path, undefined, key);
    expect([renewed.status, urlIn(await post(path, undefined, key))]).toEqual([
      ...[200, urlIn(renewed)],
    ]);
    expect([await open(first), await open(urlIn(renewed))]).toEqual([404, 200]);
    const revoked = await stack().api.call(path, { method: 'DELETE' });
    expect([revoked.status, urlIn(revoked)]).toEqual([200, undefined]);
    expect(await open(urlIn(renewed))).toBe(404);
    const again = urlIn(await post(path, undefined, newKey()));
    expect([await open(again), await open(urlIn(renewed))]).toEqual([200, 404]);
  });

  it('leaves no message behind that nobody could handle', async () => {
    await quiet(stack());
    expect(await stack().deadLetters()).toBe(0);
  });
});
