import type { Answer, ProblemBody } from '../support/api-client.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { executedAtStripe, quiet, stepsOf } from './journey.ts';

const stack = withStack({ paymentWindowSeconds: 1, deadlinesEveryMs: 250 });

/** How much the product has stored, and how many payment intents it has made. */
const written = async (): Promise<readonly number[]> => {
  const tables = ['EventsTable', 'ViewsTable', 'VaultTable'] as const;
  const items = await Promise.all(tables.map((table) => stack().aws.items(table)));
  return [
    ...items.map(({ length }) => length),
    executedAtStripe(stack(), 'POST /v1/payment_intents'),
  ];
};

const expectProblem = (
  { status, headers, body }: Answer,
  expected: { readonly status: number; readonly title: string; readonly code: string },
): ProblemBody => {
  const problem = body as ProblemBody;
  expect(status).toBe(expected.status);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(problem).toMatchObject({ ...expected, type: `urn:tradelane:problem:${expected.code}` });
  expect(problem.detail).toMatch(/\w/);
  return problem;
};

/** The pointers of all offending fields of a 400, each of which must say what was expected. */
const pointersOf = (answer: Answer): readonly string[] => {
  const invalid = { status: 400, title: 'Bad request', code: 'request.invalid' };
  const { errors = [] } = expectProblem(answer, invalid);
  for (const { code, detail } of errors) {
    expect(code).toMatch(/\w/);
    expect(detail).toMatch(/\w/);
  }
  return errors.map(({ pointer }) => pointer);
};

const usd = (amountMinor: unknown) => ({ currency: 'USD', amountMinor });
const { buyer, seller } = sampleTrade.parties;
const [firstLine, secondLine] = sampleTrade.lineItems;
const withBuyer = (changes: object) => ({
  ...sampleTrade,
  parties: { seller, buyer: { ...buyer, ...changes } },
});
const withFirstLine = (changes: object) => ({
  ...sampleTrade,
  lineItems: [{ ...firstLine, ...changes }, secondLine],
});
const inFrance = { ...buyer.address, country: 'FX' };

/** Bodies with one fault each, and where it stands. */
const faults: readonly (readonly [string, unknown, string])[] = [
  ['a negative amount', { ...sampleTrade, amount: usd('-1150000') }, '/amount/amountMinor'],
  ['a fractional amount', { ...sampleTrade, amount: usd('11500.00') }, '/amount/amountMinor'],
  ['an amount of nothing', { ...sampleTrade, amount: usd('0') }, '/amount/amountMinor'],
  ['an amount as a number', { ...sampleTrade, amount: usd(1_150_000) }, '/amount/amountMinor'],
  ['19 digits', { ...sampleTrade, amount: usd('1'.repeat(19)) }, '/amount/amountMinor'],
  ['an amount of no currency', { ...sampleTrade, amount: '1150000' }, '/amount'],
  ['an unknown currency', { ...sampleTrade, payInCurrency: 'EUX' }, '/payInCurrency'],
  ['gold', { ...sampleTrade, payInCurrency: 'XAU' }, '/payInCurrency'],
  ['a missing HS code', withFirstLine({ hsCode: undefined }), '/lineItems/0/hsCode'],
  ['an HS code of letters', withFirstLine({ hsCode: '8504.40' }), '/lineItems/0/hsCode'],
  ['half a piece', withFirstLine({ quantity: 0.5 }), '/lineItems/0/quantity'],
  ['a weight below zero', withFirstLine({ weightGrams: -1 }), '/lineItems/0/weightGrams'],
  [
    'a long description',
    withFirstLine({ description: 'x'.repeat(201) }),
    '/lineItems/0/description',
  ],
  [
    'three letters for a country',
    withFirstLine({ originCountry: 'USA' }),
    '/lineItems/0/originCountry',
  ],
  ['a country that is none', withBuyer({ address: inFrance }), '/parties/buyer/address/country'],
  ['a long name', withBuyer({ name: 'x'.repeat(121) }), '/parties/buyer/name'],
  ['a blank name', withBuyer({ name: '   ' }), '/parties/buyer/name'],
  ['no e-mail address', withBuyer({ email: 'einkauf' }), '/parties/buyer/email'],
  ['a withdrawn incoterm', { ...sampleTrade, incoterm: 'DDU' }, '/incoterm'],
  ['no lines', { ...sampleTrade, lineItems: [] }, '/lineItems'],
  ['a line for a list', { ...sampleTrade, lineItems: firstLine }, '/lineItems'],
  ['an unknown field', { ...sampleTrade, discount: 5 }, '/discount'],
  ['an unknown field deep down', withBuyer({ 'tax/id~1': 'DE1' }), '/parties/buyer/tax~1id~01'],
  ['lines worth more than the trade', withFirstLine({ value: usd('900001') }), '/lineItems'],
  [
    'milestones that do not sum up',
    { ...sampleTrade, milestones: [{ milestoneId: 'a', amount: usd('1') }] },
    '/milestones',
  ],
  [
    'a line in another currency',
    withFirstLine({ value: { currency: 'EUR', amountMinor: '1' } }),
    '/lineItems/0/value/currency',
  ],
  ['a list for a body', [], ''],
];

describe('a request without a right API key', () => {
  it.each([
    ['none', undefined],
    ['another scheme', 'Basic dGxfbG9jYWw6'],
    ['an unknown key', `Bearer tl_local_${'x'.repeat(32)}`],
  ])('is 401 with %s', async (_, authorization) => {
    const before = await written();
    const headers = { authorization, 'idempotency-key': newKey() };
    const answer = await stack().api.call('/v1/trades', { body: sampleTrade, headers });
    expectProblem(answer, { status: 401, title: 'Unauthorized', code: 'api_key.invalid' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await written()).toEqual(before);
  });
});

describe('a request whose headers or bytes are wrong', () => {
  let before: readonly number[];
  beforeAll(async () => {
    before = await written();
  });
  afterEach(async () => expect(await written()).toEqual(before));

  const post = (body: unknown, headers: Record<string, string | undefined> = {}) =>
    stack().api.call('/v1/trades', { body, headers: { 'idempotency-key': newKey(), ...headers } });

  it.each([
    ['is missing', undefined, 'idempotency.key_required'],
    ['is too long', 'x'.repeat(256), 'idempotency.key_malformed'],
    ['has spaces', 'two words', 'idempotency.key_malformed'],
  ])('is 400 where its Idempotency-Key %s', async (_, key, code) => {
    const answer = await post(sampleTrade, { 'idempotency-key': key });
    const problem = expectProblem(answer, { status: 400, title: 'Bad request', code });
    expect(problem.errors).toMatchObject([{ pointer: 'header:Idempotency-Key' }]);
  });

  it.each([['{"amount":'], [''], ['\u0000']])('is 400 where its body is %j', async (body) => {
    const malformed = { status: 400, title: 'Bad request', code: 'request.malformed_json' };
    expectProblem(await post(body), malformed);
  });

  it.each([['text/plain'], ['application/octet-stream'], ['application/x-www-form-urlencoded']])(
    'is 415 where its content is %s',
    async (contentType) => {
      const answer = await post(sampleTrade, { 'content-type': contentType });
      const code = 'request.unsupported_media_type';
      expectProblem(answer, { status: 415, title: 'Unsupported media type', code });
    },
  );

  it('is 413 where its body is too large', async () => {
    const answer = await post({ ...sampleTrade, reference: 'x'.repeat(131_072) });
    const code = 'request.too_large';
    expectProblem(answer, { status: 413, title: 'Content too large', code });
  });
});

describe('a request to open a trade', () => {
  it.each(faults)('is 400 with %s, named by its pointer', async (_, body, pointer) => {
    const before = await written();
    expect(pointersOf(await stack().api.postTrade(body, newKey()))).toEqual([pointer]);
    expect(await written()).toEqual(before);
  });

  it('is told all of its faults at once', async () => {
    const before = await written();
    const body = {
      ...withBuyer({ name: '', address: inFrance, vip: true }),
      lineItems: [
        { ...firstLine, hsCode: undefined, quantity: '20' },
        { ...secondLine, value: usd('-1') },
      ],
      amount: { currency: 'usd', amountMinor: 1.5 },
      incoterm: undefined,
      coupon: 'X',
    };
    const pointers = pointersOf(await stack().api.postTrade(body, newKey()));
    expect(pointers.toSorted()).toEqual([
      ...['/amount/amountMinor', '/amount/currency', '/coupon', '/incoterm'],
      ...['/lineItems/0/hsCode', '/lineItems/0/quantity', '/lineItems/1/value/amountMinor'],
      ...['/parties/buyer/address/country', '/parties/buyer/name', '/parties/buyer/vip'],
    ]);
    expect(await written()).toEqual(before);
  });

  it('is 422 where customs would stop the goods, with every line, and writes nothing', async () => {
    const before = await written();
    const lineItems = [firstLine, secondLine].map((line) => ({ ...line, hsCode: '770110' }));
    const body = { ...sampleTrade, lineItems, incoterm: 'DDP' };
    const answer = await stack().api.postTrade(body, newKey());
    const code = 'customs.not_declarable';
    expectProblem(answer, { status: 422, title: 'Unprocessable content', code });
    expect(answer.body).toMatchObject({
      errors: [
        { pointer: '/lineItems/0/hsCode', code: 'customs.hs_code_unknown' },
        { pointer: '/lineItems/1/hsCode', code: 'customs.hs_code_unknown' },
        { pointer: '/dutyEstimate', code: 'customs.duty_estimate_missing' },
      ],
    });
    expect(await written()).toEqual(before);
  });

  it('is 422 where no payment of that size can be taken', async () => {
    const before = await written();
    const body = { ...sampleTrade, amount: usd('1'.repeat(15)), milestones: undefined };
    const code = 'payment.amount_out_of_range';
    const answer = await stack().api.postTrade(body, newKey());
    expectProblem(answer, { status: 422, title: 'Unprocessable content', code });
    expect(await written()).toEqual(before);
  });
});

describe('a trade that is not paid within its window', () => {
  const key = newKey();

  it('expires, and its payment intent is canceled', async () => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, key);
    const trade = await stack().api.becomes(id, 'expired');
    expect(stepsOf(trade).slice(2)).toEqual(['CancellationRequested', 'TradeExpired']);
    const intent = await stack().stripeApi.paymentIntents.retrieve(payment.paymentIntentId);
    expect(intent.status).toBe('canceled');
    expect(() => stack().stripe.control.pay(payment.paymentIntentId)).toThrow(/canceled/);
    expect(await stack().api.act(id, 'cancel')).toMatchObject({
      status: 409,
      body: { code: 'trade.cannot_cancel_expired' },
    });
  });

  it('is shown as it is when the same request comes again', async () => {
    const answer = await stack().api.postTrade(sampleTrade, key);
    expect(answer).toMatchObject({ status: 201, body: { status: 'expired', payment: null } });
  });

  it('is kept where the money came in time and only its news is late', async () => {
    stack().stripe.control.setWebhookMode({ mode: 'reorder' });
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    stack().stripe.control.pay(payment.paymentIntentId);
    const paid = await stack().api.becomes(id, 'in_fulfilment');
    expect(stepsOf(paid)).toEqual(
      expect.arrayContaining(['CancellationRequested', 'EscrowFunded']),
    );
    stack().stripe.control.setWebhookMode({ mode: 'normal' });
    await stack().stripe.control.releaseWebhooks();
    await quiet(stack());
    expect(stepsOf(await stack().api.getTrade(id))).toEqual(stepsOf(paid));
    expect(await stack().deadLetters()).toBe(0);
  });
});

describe('a request about what a seller owes', () => {
  const debts = '/v1/payout-accounts/acct_of_nobody/debts';
  const writeOff = `${debts}/rfd_1/write-off`;
  const as = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` });
  const json = { 'content-type': 'application/json' };

  it('is finance’s alone', async () => {
    const apiKey = await stack().addApiKey('mkt_local', ['checkout', 'finance:read']);
    const answer = await stack().api.call(writeOff, {
      ...{ method: 'POST', body: { reason: 'insolvent' }, headers: { ...json, ...as(apiKey) } },
    });
    const code = 'api_key.scope_missing';
    expectProblem(answer, { status: 403, title: 'Forbidden', code });
    const { status, body } = await stack().api.call(debts, {
      ...{ method: 'GET', headers: as(apiKey) },
    });
    expect([status, body]).toEqual([200, { data: [] }]);
  });

  it('names a debt there is, and a reason that says something', async () => {
    const before = await written();
    const apiKey = await stack().addApiKey('mkt_local', ['finance:post']);
    const headers = { ...json, ...as(apiKey) };
    const post = (path: string, reason: string) =>
      stack().api.call(path, { method: 'POST', body: { reason }, headers });
    expect(pointersOf(await post(writeOff, ' '))).toEqual(['/reason']);
    const unknown = { status: 404, title: 'Not found', code: 'seller.debt_unknown' };
    expectProblem(await post(writeOff, 'insolvent'), unknown);
    expectProblem(await post(`${writeOff}/approval`, ''), unknown);
    expect(await written()).toEqual(before);
  });
});

describe('a request about a payment that the bank refused', () => {
  const refusal = '/v1/payouts/payout_of_nobody/refusal';
  const body = { endToEndId: 'TL0', code: 'AC01' };
  const post = async (path: string, scope: 'finance:read' | 'finance:post', said: unknown) => {
    const apiKey = await stack().addApiKey('mkt_local', [scope]);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
    return stack().api.call(path, { method: 'POST', body: said, headers });
  };

  it('is finance’s alone, and names a payout there is and a reason as a code', async () => {
    const before = await written();
    const code = 'api_key.scope_missing';
    const denied = { status: 403, title: 'Forbidden', code };
    expectProblem(await post(refusal, 'finance:read', body), denied);
    const unsaid = await post(refusal, 'finance:post', { ...body, code: 'not known' });
    expect(pointersOf(unsaid)).toEqual(['/code']);
    const unclear = await post(refusal, 'finance:post', { ...body, accountAtFault: 'no' });
    expect(pointersOf(unclear)).toEqual(['/accountAtFault']);
    const unknown = { status: 404, title: 'Not found', code: 'payout.not_found' };
    expectProblem(await post(refusal, 'finance:post', body), unknown);
    expectProblem(await post(`${refusal}/approval`, 'finance:post', ''), unknown);
    expect(await written()).toEqual(before);
  });
});
