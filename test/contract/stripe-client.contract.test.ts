import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { callStripe, createStripe } from '../../src/adapters/stripe/client.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { type Answer, type StripeGateway, startStripeGateway } from '../support/stripe-gateway.ts';

const secretKey = 'sk_test_sandbox_abcdefghijkl';
const transfers = 'POST /v1/transfers';

let gateway: StripeGateway;
beforeEach(async () => {
  gateway = await startStripeGateway('http://127.0.0.1:9');
});
afterEach(() => gateway.stop());

/** A machine may be so busy that an answer takes seconds. */
const PATIENCE_MS = 30_000;
/** Waited for in full where there will be no answer. */
const SILENCE_MS = 150;

const transferVia = (apiBaseUrl: string, timeoutMs = PATIENCE_MS) =>
  callStripe('transfer', () =>
    createStripe({ secretKey, apiBaseUrl, timeoutMs }).transfers.create(
      { amount: 1, currency: 'usd', destination: 'acct_1' },
      { idempotencyKey: 'payout_1:transfer' },
    ),
  );

/** How the call ends where Stripe answers this. */
const failure = async (apiBaseUrl = gateway.url, timeoutMs = PATIENCE_MS) => {
  const error = await transferVia(apiBaseUrl, timeoutMs).catch((thrown: unknown) => thrown);
  if (!isCodedError(error)) throw new Error('Expected an error with a code.', { cause: error });
  return error;
};

const answerWith = (answer: Partial<Answer>, times = 1) =>
  gateway.interfere(transfers, {
    forward: false,
    answer: () => ({ status: 200, headers: {}, body: '{}', ...answer }),
    times,
  });

const refusal = (status: number, error: object, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'request-id': 'req_2', ...headers },
  body: JSON.stringify({ error: { message: 'Katrin Vogel, sk_live_secret', ...error } }),
});

const api = 'api_error';
const invalid = 'invalid_request_error';

/** What Stripe answers, the code that it becomes, and whether another try may help. */
const refusals: Readonly<
  Record<string, { answer: Partial<Answer>; code: string; retryable: boolean }>
> = {
  'a server error': {
    answer: refusal(500, { type: api }),
    ...{ code: 'stripe.api_error', retryable: true },
  },
  'an outage': {
    answer: refusal(503, { type: api }),
    ...{ code: 'stripe.api_error', retryable: true },
  },
  'a stored failure': {
    answer: refusal(500, { type: api }, { 'idempotent-replayed': 'true' }),
    ...{ code: 'stripe.failure_replayed', retryable: true },
  },
  'a stored failure without the header that says so': {
    answer: refusal(500, { type: api }, { 'original-request': 'req_1' }),
    ...{ code: 'stripe.failure_replayed', retryable: true },
  },
  'a first failure that names itself': {
    answer: refusal(500, { type: api }, { 'original-request': 'req_2' }),
    ...{ code: 'stripe.api_error', retryable: true },
  },
  'a key that is in use': {
    answer: refusal(409, { type: invalid, code: 'idempotency_key_in_use' }),
    ...{ code: 'stripe.idempotency_key_in_use', retryable: true },
  },
  'a conflict without a code': {
    answer: refusal(409, { type: 'idempotency_error' }),
    ...{ code: 'stripe.idempotency_error', retryable: true },
  },
  'a locked object': {
    answer: refusal(429, { type: invalid, code: 'lock_timeout' }),
    ...{ code: 'stripe.lock_timeout', retryable: true },
  },
  'too many requests': {
    answer: refusal(429, { type: invalid, code: 'rate_limit' }),
    ...{ code: 'stripe.rate_limit', retryable: true },
  },
  'too many requests, as a bad one': {
    answer: refusal(400, { type: invalid, code: 'rate_limit' }),
    ...{ code: 'stripe.rate_limit', retryable: true },
  },
  'an empty balance': {
    answer: refusal(400, { type: invalid, code: 'balance_insufficient' }),
    ...{ code: 'stripe.balance_insufficient', retryable: true },
  },
  'anything it asks to repeat': {
    answer: refusal(400, { type: invalid, code: 'odd' }, { 'stripe-should-retry': 'true' }),
    ...{ code: 'stripe.odd', retryable: true },
  },
  'an unknown API key': {
    answer: refusal(401, { type: invalid }),
    ...{ code: 'stripe.key_refused', retryable: true },
  },
  'an expired API key': {
    answer: refusal(401, { type: invalid, code: 'api_key_expired' }),
    ...{ code: 'stripe.api_key_expired', retryable: true },
  },
  'an API key that may not': {
    answer: refusal(403, { type: invalid }),
    ...{ code: 'stripe.key_refused', retryable: true },
  },
  'a key used with other parameters': {
    answer: refusal(400, { type: 'idempotency_error' }),
    ...{ code: 'stripe.idempotency_error', retryable: false },
  },
  'a missing object': {
    answer: refusal(404, { type: invalid, code: 'resource_missing' }),
    ...{ code: 'stripe.resource_missing', retryable: false },
  },
  'a bad request': {
    answer: refusal(400, { type: invalid }),
    ...{ code: 'stripe.invalid_request_error', retryable: false },
  },
  'a declined card': {
    answer: refusal(402, { type: 'card_error', code: 'card_declined' }),
    ...{ code: 'stripe.card_declined', retryable: false },
  },
};

describe('what Stripe refuses', () => {
  it.each(Object.entries(refusals))('%s', async (_, { answer, ...expected }) => {
    answerWith(answer);
    const error = await failure();
    expect({ code: error.code, retryable: error.retryable }).toEqual(expected);
    expect(error.fields).toEqual({ requestId: 'req_2' });
    expect(error.message).not.toMatch(/Katrin|sk_/);
  });
});

describe('what is no answer of Stripe', () => {
  it.each([
    ['another object', { body: '{"object":"charge","id":"ch_1"}' }],
    ['a page of a proxy', { body: '<html>Sign in</html>' }],
    ['an error page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }],
    ['an error without an error', { status: 404, body: '{"message":"Not found"}' }],
    ['nothing', { status: 200, body: '' }],
  ] as const)('%s', async (_, answer) => {
    answerWith(answer);
    expect(await failure()).toMatchObject({ code: 'stripe.unexpected_answer', retryable: true });
  });

  it.each(['cut', 'half', 'silence'] as const)('a connection that is left %s', async (answer) => {
    gateway.interfere(transfers, { forward: false, answer, times: 2 });
    const timeoutMs = answer === 'silence' ? SILENCE_MS : PATIENCE_MS;
    expect(await failure(gateway.url, timeoutMs)).toMatchObject({
      ...{ code: 'stripe.no_answer', retryable: true },
    });
  });

  it('a closed port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(`http://127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 'stripe.no_answer', retryable: true });
  });
});

describe('a call', () => {
  it.each([
    ['a server error', refusal(500, { type: api }, { 'retry-after': '30' })],
    ['a conflict', refusal(409, { type: invalid }, { 'retry-after': '30' })],
    [
      'a lock',
      refusal(
        429,
        { type: invalid, code: 'lock_timeout' },
        { 'stripe-should-retry': 'true', 'retry-after': '30' },
      ),
    ],
  ])('is made once, and %s is handed back at once', async (_, answer) => {
    answerWith(answer, 5);
    await failure();
    expect(gateway.requests).toEqual([transfers]);
  });

  it('is made once where the answer does not come in time', async () => {
    gateway.interfere(transfers, { forward: false, answer: 'silence', times: 5 });
    await failure(gateway.url, SILENCE_MS);
    expect(gateway.requests).toEqual([transfers]);
  });

  it('is made anew where its connection had been closed while it lay idle', async () => {
    gateway.interfere(transfers, { forward: false, answer: 'cut' });
    answerWith({ body: '{"object":"transfer","id":"tr_1"}' });
    expect(await transferVia(gateway.url)).toMatchObject({ id: 'tr_1' });
  });
});
