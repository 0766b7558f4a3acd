import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedTrade } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { newKey, sampleTrade } from '../support/sample-trade.ts';
import { withStack } from '../support/stack.ts';
import { deliver, quiet, shippedTrade } from './journey.ts';
import {
  BINARY_CONTENT,
  nowSeconds,
  postWebhook,
  type SignedWebhook,
  sentByEasyPost,
  signedAsEasyPost,
  signedAsStripe,
  stripeEvent,
} from './signed-webhooks.ts';

/** Rolled a moment ago. EasyPost's has a letter that its normalization takes apart. */
const previous = {
  stripe: 'whsec_before_the_roll',
  easypost: 'avant-le-changement-d\u00e9j\u00e0',
};
const TOO_LONG_SECONDS = 310;

const stack = withStack({ previousWebhookSecrets: previous });

const services = { stripe: 'stripe-webhook', easypost: 'carrier-webhook' } as const;

/** How often the function of a provider has counted something, of a kind where one is named. */
const counted = async (
  provider: keyof typeof services,
  metric: string,
  kind = '',
): Promise<number> =>
  (await stack().log())
    .split('\n')
    .map((line) => line.replaceAll(' ', ''))
    .filter((line) => line.includes(`"${metric}"`) && line.includes(services[provider]))
    .filter((line) => line.includes(kind)).length;

const rejections = (provider: keyof typeof services) => counted(provider, 'WebhookRejected');

const expectRefused = async (
  provider: 'stripe' | 'easypost',
  webhook: SignedWebhook,
  reason: string,
): Promise<void> => {
  const before = await rejections(provider);
  const path = provider === 'stripe' ? provider : (`carriers/${provider}` as const);
  const answer = await postWebhook(stack(), path, webhook);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer).toMatchObject({ status: 401, body: { status: 401, code: `webhook.${reason}` } });
  await eventually(async () => expect(await rejections(provider)).toBe(before + 1));
};

/** What may become of a body on its way to the one who checks its signature. */
const changedBodies: readonly [string, (text: string) => string][] = [
  ['tampered with', (text) => `${text}\n`],
  ['parsed', (text) => String(JSON.parse(text))],
  ['parsed and written again', (text) => JSON.stringify(JSON.parse(text), null, 1)],
  ['still base64', (text) => Buffer.from(text).toString('base64')],
];

let unpaid: OpenedTrade;
let body: string;
/** Stripe tells nothing itself; the trade waits for what the tests tell. */
const dropWebhooks = async () => {
  stack().stripe.control.setWebhookMode({ mode: 'drop' });
  unpaid = await stack().api.openTrade(sampleTrade, newKey());
  body = stripeEvent('payment_intent.succeeded', unpaid.payment.paymentIntentId);
};
const sendWebhooks = () => stack().stripe.control.setWebhookMode({ mode: 'normal' });

describe('a webhook of Stripe', () => {
  beforeAll(dropWebhooks);
  afterAll(sendWebhooks);

  it.each([
    ['as it is', {}, {}],
    ['in base64 from the gateway', {}, { 'content-type': BINARY_CONTENT }],
    ['with the previous secret', { secret: previous.stripe }, {}],
  ])('is taken %s', async (_, options, headers) => {
    const { id, payment } = await stack().api.openTrade(sampleTrade, newKey());
    stack().stripe.control.pay(payment.paymentIntentId);
    const event = stripeEvent('payment_intent.succeeded', payment.paymentIntentId);
    const webhook = signedAsStripe(stack(), event, options);
    const sent = { ...webhook, headers: { ...webhook.headers, ...headers } };
    expect(await postWebhook(stack(), 'stripe', sent)).toMatchObject({ status: 200 });
    await stack().api.becomes(id, 'in_fulfilment');
  });

  it('changes nothing by what it says: only what Stripe answers counts', async () => {
    expect(await postWebhook(stack(), 'stripe', signedAsStripe(stack(), body))).toMatchObject({
      status: 200,
    });
    await quiet(stack());
    expect(await stack().api.getTrade(unpaid.id)).toMatchObject({ status: 'awaiting_payment' });
  });

  it('of a connected account has an endpoint and a secret of its own', async () => {
    const { connectWebhookSecret: secret = '' } = stack().stripeProvider;
    const connected = stripeEvent('payout.paid', 'po_1', { account: 'acct_1' });
    const webhook = signedAsStripe(stack(), connected, { secret });
    const answer = await postWebhook(stack(), 'stripe/connect', webhook);
    expect(answer).toMatchObject({ status: 200 });
    await expectRefused('stripe', webhook, 'mismatch');
    const misplaced = signedAsStripe(stack(), connected);
    await expectRefused('stripe', misplaced, 'endpoint_mismatch');
  });

  it('is acknowledged and left alone when nobody handles its type', async () => {
    const webhook = signedAsStripe(stack(), stripeEvent('charge.updated', 'ch_1'));
    const answer = await postWebhook(stack(), 'stripe', webhook);
    expect(answer).toMatchObject({ status: 200, body: { ignored: 'charge.updated' } });
    await eventually(async () =>
      expect(await counted('stripe', 'WebhookIgnored', 'charge.updated')).toBe(1),
    );
  });

  it('of another release of the API is taken, and counted', async () => {
    const event = stripeEvent('payment_intent.succeeded', unpaid.payment.paymentIntentId);
    const old = JSON.stringify({ ...JSON.parse(event), api_version: '2020-08-27' });
    const answer = await postWebhook(stack(), 'stripe', signedAsStripe(stack(), old));
    expect(answer).toMatchObject({ status: 200 });
    await eventually(async () =>
      expect(await counted('stripe', 'WebhookSuspicious', 'api_version')).toBe(1),
    );
  });
});

describe('a webhook of Stripe that is not what Stripe signed for us', () => {
  beforeAll(dropWebhooks);
  afterAll(sendWebhooks);

  it('is refused when it is stale', async () => {
    const timestamp = nowSeconds() - TOO_LONG_SECONDS;
    await expectRefused('stripe', signedAsStripe(stack(), body, { timestamp }), 'stale');
  });

  it('is refused when it comes from the future', async () => {
    const timestamp = nowSeconds() + TOO_LONG_SECONDS;
    await expectRefused('stripe', signedAsStripe(stack(), body, { timestamp }), 'future');
  });

  it.each(changedBodies)('is refused with 401 where its body is %s', async (_, change) => {
    const { headers } = signedAsStripe(stack(), body);
    await expectRefused('stripe', { body: change(body), headers }, 'mismatch');
  });

  it('is refused under a secret that is not ours', async () => {
    const webhook = signedAsStripe(stack(), body, { secret: 'whsec_of_another_endpoint' });
    await expectRefused('stripe', webhook, 'mismatch');
  });

  it('is refused without a signature that can be read', async () => {
    await expectRefused('stripe', { body, headers: {} }, 'missing_signature');
    const headers = { 'stripe-signature': 'v1=00' };
    await expectRefused('stripe', { body, headers }, 'malformed_signature');
  });

  it('is refused when it is about live money', async () => {
    const live = stripeEvent('payment_intent.succeeded', 'pi_live', { livemode: true });
    await expectRefused('stripe', signedAsStripe(stack(), live), 'livemode_mismatch');
  });
});

describe('a webhook of EasyPost', () => {
  let body: string;
  let tradeId: string;

  beforeAll(async () => {
    const trade = await shippedTrade(stack());
    tradeId = trade.id;
    stack().easypost.control.setWebhookMode({ mode: 'drop' });
    deliver(stack(), trade);
    body = (await sentByEasyPost(stack())).at(-1) ?? '';
    expect(JSON.parse(body)).toMatchObject({ result: { status: 'delivered' } });
  });
  afterAll(() => stack().easypost.control.setWebhookMode({ mode: 'normal' }));

  it('is refused when it was tampered with', async () => {
    const { headers } = signedAsEasyPost(stack(), body);
    await expectRefused('easypost', { body: `${body} `, headers }, 'mismatch');
  });

  it('is refused under a secret that is not ours', async () => {
    const webhook = signedAsEasyPost(stack(), body, { secret: 'of another account' });
    await expectRefused('easypost', webhook, 'mismatch');
  });

  it('is refused without a signature that can be read', async () => {
    await expectRefused('easypost', { body, headers: {} }, 'missing_signature');
    const headers = { 'x-hmac-signature': 'hmac-sha256-hex=00' };
    await expectRefused('easypost', { body, headers }, 'malformed_signature');
  });

  it('is refused when it comes from the future', async () => {
    const created_at = new Date(Date.now() + TOO_LONG_SECONDS * 1_000).toISOString();
    const early = JSON.stringify({ ...JSON.parse(body), created_at });
    await expectRefused('easypost', signedAsEasyPost(stack(), early), 'future');
  });

  it('has changed nothing so far', async () => {
    expect(await stack().api.getTrade(tradeId)).toMatchObject({ status: 'in_fulfilment' });
  });

  it.each([
    ['as it is', {}, {}],
    ['in base64 from the gateway', {}, { 'content-type': BINARY_CONTENT }],
    ['with the previous secret', { secret: previous.easypost }, {}],
  ])('is taken %s', async (_, options, headers) => {
    const webhook = signedAsEasyPost(stack(), body, options);
    const sent = { ...webhook, headers: { ...webhook.headers, ...headers } };
    expect(await postWebhook(stack(), 'carriers/easypost', sent)).toMatchObject({ status: 200 });
    await stack().api.becomes(tradeId, 'delivered');
  });

  it('is acknowledged and left alone when it is about no parcel', async () => {
    const path = join(import.meta.dirname, '../../events/inbound/easypost/batch-updated.json');
    const webhook = signedAsEasyPost(stack(), readFileSync(path, 'utf8'));
    const answer = await postWebhook(stack(), 'carriers/easypost', webhook);
    expect(answer).toMatchObject({ status: 200, body: { ignored: 'batch.updated' } });
  });

  it.each(['ups', 'constructor', 'EasyPost'])(
    'is not found for the carrier %s',
    async (carrier) => {
      const answer = await postWebhook(
        stack(),
        `carriers/${carrier}`,
        signedAsEasyPost(stack(), body),
      );
      expect(answer).toMatchObject({ status: 404, body: { code: 'carrier.not_found' } });
    },
  );
});

describe('the queues after all of these', () => {
  it('hold nothing, dead or alive', async () => {
    await quiet(stack());
    expect(await stack().deadLetters()).toBe(0);
  });
});
