import type { Stripe } from 'stripe';
import { pinnedApiVersion } from '../../local/sandboxes/stripe/options.ts';
import { type StripeSandbox, startStripeSandbox } from '../../local/sandboxes/stripe/server.ts';
import { recordTraffic } from '../support/stripe-traffic.ts';
import { plainSettings, type Receiver, sdk, startReceiver } from './stripe-sandbox.support.ts';

const secrets = ['whsec_current', 'whsec_previous'];

let receiver: Receiver;
let sandbox: StripeSandbox;
let stripe: Stripe;

beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startStripeSandbox({
    ...recordTraffic(),
    ...{ ...plainSettings, webhookRetryDelaysMs: [1, 1] },
    webhookEndpoints: [{ url: receiver.url, secrets }],
  });
  stripe = sdk(sandbox);
});

afterEach(async () => {
  await sandbox.stop();
  await receiver.stop();
});

/** An intent paid by the shortcut that stands for the buyer; three events come of it. */
async function pay(): Promise<Stripe.PaymentIntent> {
  const intent = await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
  const response = await fetch(`${sandbox.url}/_sandbox/payment_intents/${intent.id}/pay`, {
    method: 'POST',
  });
  expect(response.status).toBe(200);
  return intent;
}

const typesReceived = () => receiver.received.map(({ event }) => event.type);

async function setMode(mode: object): Promise<void> {
  const body = JSON.stringify(mode);
  const response = await fetch(`${sandbox.url}/_sandbox/webhooks`, { method: 'POST', body });
  expect(response.status).toBe(200);
}

describe('an event', () => {
  it('is a signed snapshot that verifies with the current and with the previous secret', async () => {
    const intent = await pay();
    await sandbox.control.webhooksSettled();
    expect(typesReceived().sort()).toEqual([
      ...['charge.succeeded', 'payment_intent.created', 'payment_intent.succeeded'],
    ]);
    for (const { body, signature } of receiver.received) {
      for (const secret of secrets) {
        const event = stripe.webhooks.constructEvent(body, signature, secret);
        expect(event).toMatchObject({ object: 'event', api_version: pinnedApiVersion });
      }
      expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow();
      const reserialized = JSON.stringify(JSON.parse(body));
      expect(() =>
        stripe.webhooks.constructEvent(reserialized, signature, secrets[0] ?? ''),
      ).toThrow();
    }
    const created = receiver.received.find(({ event }) => event.type === 'payment_intent.created');
    expect(created?.event.data.object).toMatchObject({
      ...{ id: intent.id, status: 'requires_payment_method' },
    });
  });

  it('is sent again until the endpoint accepts it, signed anew', async () => {
    receiver.answerWith(500, 302);
    await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    expect(sandbox.control.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [{ status: 500 }, { status: 302 }, { status: 200 }] },
    ]);
    const [event] = (await stripe.events.list()).data;
    expect(event?.pending_webhooks).toBe(0);
  });
});

describe('an event that was not delivered', () => {
  it('is listed as such, and can be sent again', async () => {
    receiver.answerWith(500, 500, 500);
    await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    const [lost] = (await stripe.events.list({ delivery_success: false })).data;
    expect(lost).toMatchObject({ type: 'payment_intent.created', pending_webhooks: 1 });

    const resend = `${sandbox.url}/_sandbox/events/${lost?.id}/resend`;
    expect((await fetch(resend, { method: 'POST' })).status).toBe(200);
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });
});

describe('an endpoint', () => {
  it('added through the API gets the events it asked for, signed with its own secret', async () => {
    const second = await startReceiver();
    const endpoint = await stripe.webhookEndpoints.create({
      ...{ url: second.url, enabled_events: ['charge.succeeded'] },
    });
    await pay();
    await sandbox.control.webhooksSettled();
    expect(second.received).toHaveLength(1);
    const [received] = second.received;
    const verify = () =>
      stripe.webhooks.constructEvent(
        ...([received?.body ?? '', received?.signature ?? '', endpoint.secret ?? ''] as const),
      );
    expect(verify().type).toBe('charge.succeeded');
    await second.stop();
  });
});

describe('deliveries that go wrong on purpose', () => {
  it('come twice', async () => {
    await setMode({ mode: 'duplicate' });
    await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    const ids = receiver.received.map(({ event }) => event.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('come in reverse order', async () => {
    await setMode({ mode: 'reorder' });
    await pay();
    expect(receiver.received).toEqual([]);
    await fetch(`${sandbox.url}/_sandbox/webhooks/release`, { method: 'POST' });
    expect(typesReceived()).toEqual([
      ...['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created'],
    ]);
  });

  it('come late', async () => {
    await setMode({ mode: 'delay', delayMs: 300, types: ['payment_intent.created'] });
    await pay();
    await sandbox.control.webhooksSettled();
    expect(typesReceived().at(-1)).toBe('payment_intent.created');
  });

  it('do not come, and are found by asking', async () => {
    await setMode({ mode: 'drop', types: ['payment_intent.succeeded'] });
    await pay();
    await sandbox.control.webhooksSettled();
    expect(typesReceived()).not.toContain('payment_intent.succeeded');
    const lost = await stripe.events.list({ delivery_success: false });
    expect(lost.data.map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
  });
});

describe('an endpoint of its own kind', () => {
  it('is told every change twice, under two ids, where twins are asked for', async () => {
    await setMode({ mode: 'twin', types: ['payment_intent.created'] });
    const { id } = await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    const told = receiver.received.map(({ event }) => event);
    expect(told.map(({ data }) => data.object)).toMatchObject([{ id }, { id }]);
    expect(new Set(told.map((event) => event.id)).size).toBe(2);
  });

  it('gets thin events, which the SDK reads, where it asks for them', async () => {
    const thin = await startReceiver();
    const { secret = '' } = sandbox.control.addWebhookEndpoint({ url: thin.url, payload: 'thin' });
    const { id } = await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    const [{ body, signature } = { body: '', signature: '' }] = thin.received;
    const event = stripe.parseEventNotification(body, signature, secret);
    expect(event).toMatchObject({
      type: 'v1.payment_intent.created',
      related_object: { id, type: 'payment_intent', url: `/v1/payment_intents/${id}` },
    });
    expect(() => stripe.webhooks.constructEvent(body, signature, secret)).toThrow();
    await thin.stop();
  });

  it('gets payloads in the version that it was set up with', async () => {
    const old = await startReceiver();
    sandbox.control.addWebhookEndpoint({ url: old.url, apiVersion: '2020-08-27' });
    await stripe.paymentIntents.create({ amount: 10_000, currency: 'eur' });
    await sandbox.control.webhooksSettled();
    expect(old.received[0]?.event.api_version).toBe('2020-08-27');
    expect(receiver.received[0]?.event.api_version).toBe(pinnedApiVersion);
    await old.stop();
  });
});
