import Stripe from 'stripe';
import {
  readStripeWebhook,
  type StripeEndpoint,
} from '../../../src/adapters/stripe/read-webhook.ts';
import { verifyStripeSignature } from '../../../src/adapters/stripe/webhook.ts';

const stripe = new Stripe('sk_test_unused', { telemetry: false });
const now = new Date('2026-11-23T12:00:00.000Z');
const nowSeconds = now.getTime() / 1_000;
const current = 'whsec_current';
const previous = 'whsec_previous';
const event = {
  id: 'evt_1',
  object: 'event',
  api_version: Stripe.API_VERSION,
  type: 'payment_intent.succeeded',
  livemode: false,
  data: { object: { id: 'pi_1', object: 'payment_intent', description: 'Zahlung für Kabel' } },
};
const payload = JSON.stringify(event, null, 2);

/** Signed by Stripe's own package. */
const sign = (body: string, secret: string, timestamp = nowSeconds): string =>
  stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });

const verify = (header: string | undefined, body = payload) =>
  verifyStripeSignature({ rawBody: Buffer.from(body), header, secrets: [current, previous], now });

describe('A signature that Stripe made', () => {
  it.each([
    { what: 'with the current secret', header: sign(payload, current), secretIndex: 0 },
    { what: 'with the previous secret', header: sign(payload, previous), secretIndex: 1 },
    { what: 'five minutes ago', header: sign(payload, current, nowSeconds - 300), secretIndex: 0 },
    {
      what: 'with both, as while a secret is rolled',
      header: `${sign(payload, 'whsec_other')},${sign(payload, current).split(',')[1]}`,
      secretIndex: 0,
    },
  ])('$what is accepted', ({ header, secretIndex }) => {
    expect(verify(header)).toEqual({ ok: true, secretIndex });
  });

  it.each([
    { what: 'with another secret', header: sign(payload, 'whsec_other'), reason: 'mismatch' },
    {
      what: 'more than five minutes ago',
      header: sign(payload, current, nowSeconds - 301),
      reason: 'stale',
    },
    {
      what: 'a day ahead of time',
      header: sign(payload, current, nowSeconds + 86_400),
      reason: 'future',
    },
    {
      what: 'a second too far ahead',
      header: sign(payload, current, nowSeconds + 301),
      reason: 'future',
    },
    { what: 'and nobody sent', header: undefined, reason: 'missing_signature' },
    { what: 'and that is empty', header: '', reason: 'missing_signature' },
    {
      what: 'by the scheme for tests alone',
      header: sign(payload, current).replace('v1=', 'v0='),
      reason: 'malformed_signature',
    },
    {
      what: 'and whose time was moved',
      header: sign(payload, current, nowSeconds - 60).replace(
        `t=${nowSeconds - 60}`,
        `t=${nowSeconds}`,
      ),
      reason: 'mismatch',
    },
    { what: 'and that lost its time', header: 'v1=00', reason: 'malformed_signature' },
    {
      what: 'and that lost its signatures',
      header: `t=${nowSeconds}`,
      reason: 'malformed_signature',
    },
    {
      what: 'and that is cut short',
      header: sign(payload, current).slice(0, -2),
      reason: 'mismatch',
    },
  ])('$what is refused: $reason', ({ header, reason }) => {
    expect(verify(header)).toEqual({ ok: false, reason });
  });

  it.each([
    { what: 'one byte of the body changes', body: payload.replace('pi_1', 'pi_2') },
    { what: 'the body was parsed and written again', body: JSON.stringify(event) },
    { what: 'the body is still base64', body: Buffer.from(payload).toString('base64') },
  ])('does not fit where $what', ({ body }) => {
    expect(verify(sign(payload, current), body)).toEqual({ ok: false, reason: 'mismatch' });
  });
});

describe('Without a secret', () => {
  it('nothing is accepted', () => {
    const header = sign(payload, current);
    expect(
      verifyStripeSignature({ rawBody: Buffer.from(payload), header, secrets: [], now }),
    ).toEqual({ ok: false, reason: 'mismatch' });
  });
});

describe('A webhook from Stripe', () => {
  const read = (
    body: string,
    {
      livemode = false,
      endpoint = 'platform',
    }: { livemode?: boolean; endpoint?: StripeEndpoint } = {},
  ) =>
    readStripeWebhook({
      endpoint,
      rawBody: Buffer.from(body),
      signature: sign(body, current),
      secrets: [current],
      livemode,
      now,
    });

  it('is reduced to the object that changed', () => {
    expect(read(payload)).toEqual({
      kind: 'queue',
      messages: [
        {
          kind: 'stripe_event_received',
          version: 1,
          eventId: 'evt_1',
          eventType: 'payment_intent.succeeded',
          objectId: 'pi_1',
          receivedAt: now.toISOString(),
        },
      ],
    });
  });

  it('of a type that we do not act on is ignored by name', () => {
    expect(read(JSON.stringify({ ...event, type: 'charge.updated' }))).toEqual({
      kind: 'ignored',
      what: 'charge.updated',
    });
  });

  it('of an account that is connected names it', () => {
    expect(
      read(JSON.stringify({ ...event, account: 'acct_1' }), { endpoint: 'connect' }),
    ).toMatchObject({
      messages: [{ account: 'acct_1' }],
    });
  });

  it('of something without an id is ignored by name', () => {
    const nameless = { ...event, data: { object: { object: 'balance' } } };
    expect(read(JSON.stringify(nameless))).toEqual({
      kind: 'ignored',
      what: 'payment_intent.succeeded',
    });
  });

  it('that is not signed is refused before its body is looked at', () => {
    const unsigned = {
      ...{ signature: undefined, secrets: [current], livemode: false, now },
      endpoint: 'platform' as const,
    };
    expect(readStripeWebhook({ ...unsigned, rawBody: Buffer.from('not json') })).toEqual({
      kind: 'refused',
      reason: 'missing_signature',
    });
  });

  it('of the other mode is refused', () => {
    expect(read(payload, { livemode: true })).toEqual({
      kind: 'refused',
      reason: 'livemode_mismatch',
    });
  });

  it.each(['not json', '[]', '{"id":"evt_1"}'])(
    'that is signed but reads %s goes to a person',
    (body) => {
      expect(read(body)).toMatchObject({
        kind: 'queue',
        messages: [{ kind: 'webhook_unreadable', provider: 'stripe', reason: 'not_an_event' }],
      });
    },
  );
});
