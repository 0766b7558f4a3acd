import { type ApiClient, apiClient } from '../support/api-client.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack();

const body = {
  fixedSide: 'buy',
  amount: { currency: 'USD', amountMinor: '1150000' },
  otherCurrency: 'EUR',
  lock: 'M5',
};

type Quote = { readonly id: string; readonly expiresAt: string; readonly sell: unknown };

const ask = (request: unknown, key: string | undefined = newKey()) =>
  stack().api.call('/v1/quotes', {
    method: 'POST',
    body: request,
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
  });
const offered = async (change: object = {}) => (await ask({ ...body, ...change })).body as Quote;
const read = (client: ApiClient, path: string) => client.call(path, { method: 'GET' });
const codeOf = ({ status, body: answer }: { status: number; body: unknown }) => [
  status,
  (answer as { code: string }).code,
];

describe('a quote before checkout', () => {
  it('is given with its parts, kept, and the same under the same key', async () => {
    const key = newKey();
    const first = await ask(body, key);
    expect(first).toMatchObject({
      status: 201,
      body: {
        ...{ status: 'active', lock: 'M5', isExecutable: true, marginBasisPoints: 150 },
        sell: { currency: 'EUR', amountMinor: '1024674' },
        spread: { currency: 'EUR', amountMinor: '15370' },
        reference: { source: 'ECB' },
      },
    });
    const { id } = first.body as Quote;
    expect(first.headers.get('location')).toBe(`/v1/quotes/${id}`);
    const again = await ask(body, key);
    expect([again.headers.get('idempotent-replayed'), again.body]).toEqual(['true', first.body]);
    expect((await read(stack().api, `/v1/quotes/${id}`)).body).toEqual(first.body);
    expect(codeOf(await ask({ ...body, lock: 'H1' }, key))).toEqual([
      409,
      'idempotency.key_reused',
    ]);
  });

  it('is used by one trade, at its price and for as long as it holds', async () => {
    const quote = await offered();
    const trade = await stack().api.openTrade({ ...sampleTrade, quoteId: quote.id }, newKey());
    expect(trade).toMatchObject({
      ...{ payIn: quote.sell, payBy: quote.expiresAt, quote: { id: quote.id } },
    });
    expect((await read(stack().api, `/v1/quotes/${quote.id}`)).body).toMatchObject({
      ...{ status: 'used', usedByTradeId: trade.id },
    });
    const other = await stack().api.postTrade({ ...sampleTrade, quoteId: quote.id }, newKey());
    expect(codeOf(other)).toEqual([409, 'quote.used']);
  });

  it('is for what was quoted, and for who was quoted', async () => {
    const { id: quoteId } = await offered({ amount: { currency: 'USD', amountMinor: '1150001' } });
    const post = (quote: string) =>
      stack().api.postTrade({ ...sampleTrade, quoteId: quote }, newKey());
    expect(codeOf(await post(quoteId))).toEqual([422, 'quote.terms_differ']);
    expect(codeOf(await post('fxq_00000000000000000000000000'))).toEqual([422, 'quote.not_found']);
    const apiKey = await stack().addApiKey('mkt_other');
    const stranger = apiClient({ url: stack().url, apiKey });
    expect(codeOf(await read(stranger, `/v1/quotes/${quoteId}`))).toEqual([404, 'quote.not_found']);
  });
});

describe('a quote of a currency that the ECB does not publish', () => {
  it('is only shown where no authority stands behind its rate', async () => {
    const quote = await offered({ otherCurrency: 'KWD' });
    expect(quote).toMatchObject({ isExecutable: false, reference: { source: 'INDICATIVE' } });
    for (const request of [{ quoteId: quote.id }, {}]) {
      const trade = { ...sampleTrade, ...request, payInCurrency: 'KWD' };
      expect(codeOf(await stack().api.postTrade(trade, newKey()))).toEqual([
        422,
        'fx.rate_indicative',
      ]);
    }
  });

  it('stands on its peg where it has one', async () => {
    expect(await offered({ otherCurrency: 'AED' })).toMatchObject({
      ...{ isExecutable: true, reference: { source: 'PEG' } },
    });
  });
});

describe('a quote', () => {
  it.each([
    [
      'every field that does not fit',
      { fixedSide: 'both', amount: 1, otherCurrency: 'XAU', no: 1 },
      400,
      'request.invalid',
    ],
    ['a lock that is not offered', { ...body, lock: 'H24' }, 422, 'quote.lock_unavailable'],
    [
      'more than Stripe takes',
      { ...body, amount: { currency: 'USD', amountMinor: '99999999999' } },
      422,
      'payment.amount_out_of_range',
    ],
    [
      'a currency without any rate',
      { ...body, otherCurrency: 'KPW' },
      422,
      'fx.currency_unsupported',
    ],
  ])('is refused for %s', async (_, request, status, code) => {
    expect(codeOf(await ask(request))).toEqual([status, code]);
  });

  it('needs its key', async () => {
    const answer = await stack().api.call('/v1/quotes', { method: 'POST', body });
    expect(codeOf(answer)).toEqual([400, 'idempotency.key_required']);
  });
});
