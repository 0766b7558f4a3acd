import { type ApiClient, apiClient, type OpenedTrade, type Trade } from '../support/api-client.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { deliver, executedAtStripe, shippedTrade, stepsOf, transfersOf } from './journey.ts';

const stack = withStack({ deadlinesEveryMs: 250 });

describe('a trade at checkout', () => {
  const key = newKey();
  let opened: OpenedTrade;

  it('is opened with its place, its quote and what the buyer pays with', async () => {
    const answer = await stack().api.postTrade(sampleTrade, key);
    opened = answer.body as OpenedTrade;
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/trades/${opened.id}`);
    expect(opened).toMatchObject({
      id: expect.stringMatching(/^trd_[0-9a-z]{26}$/),
      status: 'awaiting_payment',
      amount: { currency: 'USD', amountMinor: '1150000' },
      payIn: { currency: 'EUR', amountMinor: '1024674' },
      quote: {
        reference: { source: 'ECB', rateDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
        marginBasisPoints: 150,
      },
      payment: {
        provider: 'stripe',
        paymentIntentId: expect.stringMatching(/^pi_/),
        clientSecret: expect.stringMatching(/_secret_/),
      },
    });
  });

  it('has a page for its buyer, in the buyer’s language', async () => {
    const { trackingUrl = '' } = opened;
    expect(trackingUrl.startsWith(`${stack().url}/t/`)).toBe(true);
    const page = await fetch(trackingUrl, { headers: { 'accept-language': 'de' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Ihre Zahlung steht aus');
    const forged = await fetch(`${trackingUrl.slice(0, -1)}~`);
    expect(forged.status).toBe(404);
  });

  it('asks Stripe for exactly the quoted amount', async () => {
    const { paymentIntentId } = opened.payment;
    expect(await stack().stripeApi.paymentIntents.retrieve(paymentIntentId)).toMatchObject({
      amount: 1_024_674,
      currency: 'eur',
      transfer_group: opened.id,
      metadata: { trade_id: opened.id },
    });
  });

  it('is the same trade under the same key and body, with no second payment intent', async () => {
    const before = executedAtStripe(stack(), 'POST /v1/payment_intents');
    const again = await stack().api.postTrade(sampleTrade, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(opened);
    expect(executedAtStripe(stack(), 'POST /v1/payment_intents')).toBe(before);
  });

  it('is opened once by two requests at once', async () => {
    const before = executedAtStripe(stack(), 'POST /v1/payment_intents');
    const twice = newKey();
    const [left, right] = await Promise.all([
      stack().api.openTrade(sampleTrade, twice),
      stack().api.openTrade(sampleTrade, twice),
    ]);
    expect(left.id).toBe(right.id);
    expect(left.payment).toEqual(right.payment);
    expect(executedAtStripe(stack(), 'POST /v1/payment_intents')).toBe(before + 1);
  });

  it('is refused under the same key with another body', async () => {
    const answer = await stack().api.postTrade({ ...sampleTrade, reference: 'PO-2' }, key);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ status: 409, code: 'idempotency.key_reused' });
    expect(await stack().api.getTrade(opened.id)).toMatchObject({ reference: 'PO-2026-000117' });
  });
});

describe('a trade that is paid', () => {
  it('has papers in the languages of both sides, by links that are soon over', async () => {
    const { id } = await shippedTrade(stack());
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    const listed = await fetch(`${stack().url}/v1/trades/${id}/papers`, { headers });
    const { data } = (await listed.json()) as {
      readonly data: readonly { type: string; language: string; url: string }[];
    };
    expect(data.map(({ type, language }) => `${type} ${language}`)).toEqual([
      ...['commercial_invoice en', 'packing_list en'],
      ...['commercial_invoice de', 'packing_list de'],
    ]);
    const inKorean = await fetch(`${stack().url}/v1/trades/${id}/papers?language=ko`, { headers });
    const korean = (await inKorean.json()) as { readonly data: typeof data };
    for (const { url } of [...data, ...korean.data]) {
      const paper = await fetch(url);
      expect(paper.headers.get('content-type')).toBe('application/pdf');
      const bytes = Buffer.from(await paper.arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
    expect((await fetch(`${data[0]?.url.slice(0, -1)}~`)).status).toBe(404);
  });
});

describe('a trade whose buyer accepts the goods on the tracking page', () => {
  it('is released at once, as by the API', async () => {
    const { id } = await shippedTrade(stack());
    const { trackingUrl = '' } = await stack().api.getTrade(id);
    const asked = await (await fetch(`${trackingUrl}/accept`)).text();
    const [, confirmation = ''] = /name="confirmation" value="([^"]+)"/.exec(asked) ?? [];
    const body = new URLSearchParams({ confirmation });
    const answer = await fetch(`${trackingUrl}/accept`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You have accepted the goods.');
    expect((await stack().api.becomes(id, 'settled')).trackingUrl).toBe(trackingUrl);
  });
});

describe('a trade whose buyer accepts the goods on their way', () => {
  it('is released at once and settled', async () => {
    const { id } = await shippedTrade(stack());
    const answer = await stack().api.act(id, 'accept');
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'released' } });
    const trade = await stack().api.becomes(id, 'settled');
    expect(stepsOf(trade)).not.toContain('DeliveryConfirmed');
    expect(await transfersOf(stack(), id)).toHaveLength(1);
  });

  it('is not accepted before it is paid', async () => {
    const { id } = await stack().api.openTrade(sampleTrade, newKey());
    const answer = await stack().api.act(id, 'accept');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'trade.cannot_accept_awaiting_payment' });
  });
});

describe('a trade with terms of its own', () => {
  /** What every trade's own books must say in the end, whatever its terms. */
  const expectClosedBooks = ({ money }: Trade): void => {
    const passing = money.filter(({ account }) =>
      ['1400', '2000', '2100', '2200', '2300'].includes(account),
    );
    expect(passing.map(({ account }) => account)).toEqual(
      expect.arrayContaining(['2000', '2100', '2200', '2300']),
    );
    for (const { debitMinor, creditMinor } of passing) expect(debitMinor).toBe(creditMinor);
  };

  it.each([
    ['USD', '1150000'],
    ['GBP', '883043'],
    ['JPY', '1896466'],
  ])('is settled when it is paid in %s', async (payInCurrency, amountMinor) => {
    const shipped = await shippedTrade(stack(), { body: { ...sampleTrade, payInCurrency } });
    expect(shipped.payIn).toEqual({ currency: payInCurrency, amountMinor });
    await stack().api.act(shipped.id, 'accept');
    const settled = await stack().api.becomes(shipped.id, 'settled');
    expectClosedBooks(settled);
    expect(await transfersOf(stack(), settled.id)).toMatchObject([{ amount: 1_121_250 }]);
  });

  it('pays each of its milestones once its own inspection is over', async () => {
    const part = (milestoneId: string, amountMinor: string, inspectionPeriodSeconds: number) => ({
      ...{ milestoneId, inspectionPeriodSeconds },
      amount: { currency: 'USD', amountMinor },
    });
    const milestones = [part('first', '333333', 0), part('second', '816667', 1)];
    const shipped = await shippedTrade(stack(), { body: { ...sampleTrade, milestones } });
    deliver(stack(), shipped);
    const settled = await stack().api.becomes(shipped.id, 'settled');
    expectClosedBooks(settled);
    expect(stepsOf(settled).filter((step) => step === 'MilestoneReleased')).toHaveLength(2);
    const transfers = await transfersOf(stack(), settled.id);
    const amounts = transfers.map(({ amount }) => amount).toSorted((left, right) => left - right);
    expect(amounts).toEqual([325_000, 796_251]);
  });
});

describe('a trade that the marketplace cancels', () => {
  it('is canceled before payment, and its payment intent with it', async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    const answer = await stack().api.act(id, 'cancel');
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'canceled' } });
    const intent = await stack().stripeApi.paymentIntents.retrieve(payment.paymentIntentId);
    expect(intent.status).toBe('canceled');
    expect(() => stack().stripe.control.pay(payment.paymentIntentId)).toThrow(/canceled/);
  });

  it('answers the same when it is canceled again', async () => {
    const { id } = await stack().api.openTrade(sampleTrade, newKey());
    await stack().api.act(id, 'cancel');
    expect(await stack().api.act(id, 'cancel')).toMatchObject({
      status: 200,
      body: { status: 'canceled' },
    });
  });

  it('is not canceled after payment', async () => {
    const { id } = await shippedTrade(stack());
    const answer = await stack().api.act(id, 'cancel');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'trade.cannot_cancel_in_fulfilment' });
    await stack().api.act(id, 'accept');
    await stack().api.becomes(id, 'settled');
  });

  it('stays paid where the buyer pays before the cancellation is carried out', async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    stack().stripe.control.setWebhookMode({ mode: 'reorder' });
    stack().stripe.control.pay(payment.paymentIntentId);
    const answer = await stack().api.act(id, 'cancel');
    expect(answer).toMatchObject({ status: 409, body: { code: 'trade.already_paid' } });
    stack().stripe.control.setWebhookMode({ mode: 'normal' });
    await stack().stripe.control.releaseWebhooks();
    await stack().api.becomes(id, 'in_fulfilment');
    await stack().api.act(id, 'accept');
    await stack().api.becomes(id, 'settled');
  });
});

describe('a trade of another marketplace', () => {
  const sharedKey = newKey();
  let mine: string;
  let stranger: ApiClient;

  beforeAll(async () => {
    mine = (await stack().api.openTrade(sampleTrade, sharedKey)).id;
    const apiKey = await stack().addApiKey('mkt_stranger');
    stranger = apiClient({ url: stack().url, apiKey });
  });

  it.each([
    ['GET', ''],
    ['POST', '/accept'],
    ['POST', '/cancel'],
  ] as const)('is not found by %s /v1/trades/{tradeId}%s', async (method, action) => {
    const answer = await stranger.call(`/v1/trades/${mine}${action}`, { method });
    expect(answer).toMatchObject({ status: 404, body: { code: 'trade.not_found' } });
    expect(await stack().api.getTrade(mine)).toMatchObject({ status: 'awaiting_payment' });
  });

  it('does not share its idempotency keys', async () => {
    const theirs = await stranger.openTrade({ ...sampleTrade, reference: 'PO-2' }, sharedKey);
    expect(theirs.id).not.toBe(mine);
    expect(await stranger.getTrade(theirs.id)).toMatchObject({ reference: 'PO-2' });
  });

  it('is not opened with a key that lacks the scope', async () => {
    const apiKey = await stack().addApiKey('mkt_stranger', ['finance:read']);
    const answer = await apiClient({ url: stack().url, apiKey }).postTrade(sampleTrade, newKey());
    expect(answer).toMatchObject({ status: 403, body: { code: 'api_key.scope_missing' } });
  });
});
