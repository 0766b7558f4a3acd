import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import {
  readStripeEnvelope,
  StripeEventBridgeEnvelope,
} from '../../../src/adapters/stripe/event-bridge.ts';
import { readStripeEvent, STRIPE_API_RELEASE } from '../../../src/adapters/stripe/read-event.ts';
import { readStripeWebhook } from '../../../src/adapters/stripe/read-webhook.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const stripe = new Stripe('sk_test_unused', { telemetry: false });
const now = new Date('2026-11-23T12:00:00.000Z');
const secret = 'whsec_of_this_endpoint';

const snapshot = {
  id: 'evt_1',
  object: 'event',
  api_version: Stripe.API_VERSION,
  type: 'payment_intent.succeeded',
  livemode: false,
  data: { object: { id: 'pi_1', object: 'payment_intent' } },
};
const thin = {
  id: 'evt_2',
  object: 'v2.core.event',
  type: 'v1.transfer.created',
  livemode: false,
  created: '2026-11-23T12:00:00.000Z',
  related_object: { id: 'tr_1', type: 'transfer', url: '/v1/transfers/tr_1' },
};

const post = (
  event: unknown,
  {
    endpoint = 'platform',
    livemode = false,
  }: { endpoint?: 'platform' | 'connect'; livemode?: boolean } = {},
) => {
  const payload = JSON.stringify(event);
  const signature = stripe.webhooks.generateTestHeaderString({
    ...{ payload, secret, timestamp: now.getTime() / 1_000 },
  });
  return readStripeWebhook({
    ...{ rawBody: Buffer.from(payload), signature, secrets: [secret], endpoint, livemode, now },
  });
};

describe('the release of the API that we read', () => {
  it('is that of the pinned SDK', () => {
    expect(Stripe.API_VERSION.split('.')[1]).toBe(STRIPE_API_RELEASE);
  });

  it('is asserted of every snapshot, which is worked all the same', () => {
    expect(post(snapshot)).not.toHaveProperty('warning');
    expect(post({ ...snapshot, api_version: '2020-08-27' })).toMatchObject({
      ...{ kind: 'queue', warning: 'api_version', messages: [{ objectId: 'pi_1' }] },
    });
  });
});

describe('a thin event', () => {
  it('is worked as its snapshot is', () => {
    expect(post(thin)).toMatchObject({
      kind: 'queue',
      messages: [{ eventId: 'evt_2', eventType: 'transfer.created', objectId: 'tr_1' }],
    });
  });

  it('names the connected account it happened on, and belongs to that endpoint', () => {
    const connected = { ...thin, context: 'acct_7' };
    expect(post(connected, { endpoint: 'connect' })).toMatchObject({
      messages: [{ account: 'acct_7' }],
    });
    expect(post(connected)).toEqual({ kind: 'refused', reason: 'endpoint_mismatch' });
  });

  it('of the other mode is refused', () => {
    expect(post({ ...thin, livemode: true })).toEqual({
      kind: 'refused',
      reason: 'livemode_mismatch',
    });
  });

  it('without an object is ignored by name', () => {
    const about = { ...thin, related_object: null };
    expect(post(about)).toEqual({ kind: 'ignored', what: 'transfer.created' });
  });
});

describe('an endpoint', () => {
  it('takes only what is for it', () => {
    const connected = { ...snapshot, account: 'acct_7' };
    expect(post(connected)).toEqual({ kind: 'refused', reason: 'endpoint_mismatch' });
    expect(post(snapshot, { endpoint: 'connect' })).toEqual({
      ...{ kind: 'refused', reason: 'endpoint_mismatch' },
    });
    expect(post({ ...snapshot, account: null })).toMatchObject({ kind: 'queue' });
  });
});

describe('an envelope of EventBridge', () => {
  const envelope = (detail: unknown) =>
    StripeEventBridgeEnvelope.parse({
      ...{ version: '0', id: '17e8dff5', 'detail-type': 'payment_intent.succeeded' },
      ...{ source: 'aws.partner/stripe.com/ed_1', account: '123456789012', detail },
    });
  const read = (detail: unknown) => readStripeEnvelope(envelope(detail), { livemode: false, now });

  it.each([
    ['a snapshot', snapshot, 'pi_1'],
    ['a thin event', thin, 'tr_1'],
  ])('is worked as the %s in it', (_, event, objectId) => {
    expect(read(event)).toMatchObject({ kind: 'queue', messages: [{ objectId }] });
  });

  it('is refused for another mode, or where nothing of ours is in it', () => {
    expect(read({ ...snapshot, livemode: true })).toMatchObject({ reason: 'livemode_mismatch' });
    expect(read({ order: 7 })).toEqual({ kind: 'refused', reason: 'not_an_event' });
  });

  it('of another source is none', () => {
    const other = { id: '1', source: 'aws.s3', 'detail-type': 'x', detail: snapshot };
    expect(StripeEventBridgeEnvelope.safeParse(other).success).toBe(false);
  });
});

describe('what others recorded of Stripe', () => {
  const files = (folder: string) => {
    const corpus = corpusDirectory();
    return corpus === undefined ? [] : readdirSync(join(corpus, 'stripe', folder));
  };
  const withCorpus = corpusDirectory() === undefined ? it.skip : it;

  withCorpus(corpusTest('is worked, ignored by name or refused by name, whatever its age'), () => {
    const fates = files('events').map((file) => {
      const event = JSON.parse(readCorpus('stripe', 'events', file).toString('utf8'));
      const livemode = event.livemode === true;
      const reading = post(event, { livemode, endpoint: event.account ? 'connect' : 'platform' });
      if (reading.kind !== 'queue') return reading.kind;
      return reading.messages[0]?.kind === 'webhook_unreadable' ? 'rejected' : 'applied';
    });
    expect(fates.length).toBeGreaterThan(50);
    expect(new Set(fates)).toEqual(new Set(['applied', 'ignored', 'rejected']));
  });

  withCorpus(corpusTest('is read whole in its present forms'), () => {
    for (const file of files('events-derived')) {
      const event = JSON.parse(readCorpus('stripe', 'events-derived', file).toString('utf8'));
      const inside = file.startsWith('eventbridge.') ? event.detail : event;
      expect(readStripeEvent(inside)).toMatchObject({ isOurRelease: true, livemode: false });
    }
  });
});
