import {
  CarrierApiError,
  type CarrierRoute,
  type CarrierServer,
  startCarrierServer,
} from '../../local/sandboxes/carrier-server.ts';
import { startEasyPostSandbox } from '../../local/sandboxes/easypost/sandbox.ts';
import { startShippoSandbox } from '../../local/sandboxes/shippo/sandbox.ts';
import { subscribe17Track } from '../../src/adapters/carriers/subscriptions/17track.ts';
import { subscribeAfterShip } from '../../src/adapters/carriers/subscriptions/aftership.ts';
import { subscribeEasyPost } from '../../src/adapters/carriers/subscriptions/easypost.ts';
import { subscribeShip24 } from '../../src/adapters/carriers/subscriptions/ship24.ts';
import { subscribeShippo } from '../../src/adapters/carriers/subscriptions/shippo.ts';
import { subscribeUps } from '../../src/adapters/carriers/subscriptions/ups.ts';
import type { TrackingSubscriber } from '../../src/shipment/subscribe.ts';

const request = {
  ...{ reference: 'ship_1', carrier: 'UPS', trackingNumber: '1Z204E380338950123', to: 'DE' },
};
const unknown = { ...request, trackingNumber: 'NOTANUMBER' };
const isKnown = (text: unknown): boolean => JSON.stringify(text).includes('1Z');

type Api = { readonly routes: readonly CarrierRoute[]; readonly authorization: [string, string] };

/** The calls of each provider that are needed here, in the shape that its documentation has. */
const apis: Readonly<Record<string, Api>> = {
  '17track': {
    authorization: ['17token', 'key_of_the_sandbox'],
    routes: [
      {
        ...{ method: 'POST', path: '/register' },
        handler: ({ raw }) => {
          const [entry] = JSON.parse(raw) as { readonly number: string }[];
          const isGood = isKnown(entry);
          const error = { code: -18_010_013, message: 'The number is invalid.' };
          return {
            status: 200,
            body: {
              code: 0,
              data: {
                accepted: isGood ? [{ origin: 1, number: entry?.number, carrier: 100_002 }] : [],
                rejected: isGood ? [] : [{ number: entry?.number, error }],
              },
            },
          };
        },
      },
    ],
  },
  aftership: {
    authorization: ['as-api-key', 'key_of_the_sandbox'],
    routes: [
      {
        ...{ method: 'POST', path: '/trackings' },
        handler: ({ body }) =>
          isKnown(body)
            ? {
                status: 201,
                body: { meta: { code: 201 }, data: { id: '5b7658cec7c33c0e007de3c5' } },
              }
            : { status: 400, body: { meta: { code: 4_005, message: 'Invalid.' }, data: {} } },
      },
    ],
  },
  ship24: {
    authorization: ['authorization', 'Bearer key_of_the_sandbox'],
    routes: [
      {
        ...{ method: 'POST', path: '/trackers' },
        handler: ({ body }) =>
          isKnown(body)
            ? { status: 201, body: { data: { tracker: { trackerId: '26148317-7502-d3ac' } } } }
            : {
                status: 400,
                body: { errors: [{ code: 'validation_error', message: '' }], data: null },
              },
      },
    ],
  },
  ups: {
    authorization: ['authorization', 'Bearer token_of_the_sandbox'],
    routes: [
      {
        ...{ method: 'POST', path: '/security/v1/oauth/token' },
        handler: ({ raw }) => ({
          status: raw === 'grant_type=client_credentials' ? 200 : 400,
          body: { access_token: 'token_of_the_sandbox', expires_in: '14399' },
        }),
      },
      {
        ...{ method: 'POST', path: '/api/track/v1/subscription/standard/package' },
        handler: ({ body }) => ({
          status: 200,
          body: {
            validTrackingNumbers: isKnown(body) ? body['trackingNumberList'] : [],
            invalidTrackingNumbers: isKnown(body) ? [] : body['trackingNumberList'],
          },
        }),
      },
    ],
  },
};

const subscriberAt: Readonly<
  Record<string, (baseUrl: string, apiKey: string) => TrackingSubscriber>
> = {
  '17track': (baseUrl, apiKey) => subscribe17Track({ baseUrl, apiKey, timeoutMs: 2_000 }),
  aftership: (baseUrl, apiKey) => subscribeAfterShip({ baseUrl, apiKey, timeoutMs: 2_000 }),
  ship24: (baseUrl, apiKey) => subscribeShip24({ baseUrl, apiKey, timeoutMs: 2_000 }),
  ups: (baseUrl, apiKey) =>
    subscribeUps({
      ...{ baseUrl, clientId: 'client', clientSecret: apiKey, timeoutMs: 2_000 },
      ...{ webhookUrl: 'https://example.com/webhooks/carriers/ups', credential: 'credential_1' },
    }),
};

const basic = `Basic ${Buffer.from('client:key_of_the_sandbox').toString('base64')}`;

const start = (api: Api): Promise<CarrierServer> => {
  const refused = new CarrierApiError({ status: 401, body: {} });
  const answer = (status: number) => ({ status, body: {} });
  return startCarrierServer({
    routes: api.routes,
    authenticate: (headers) => {
      const [name, value] = api.authorization;
      if (headers[name] !== value && headers['authorization'] !== basic) throw refused;
    },
    errors: { notFound: answer(404), failed: answer(500), tooMany: answer(429) },
  });
};

describe.each(Object.keys(apis))('Subscribing at %s', (provider) => {
  let server: CarrierServer;
  let at: (apiKey?: string) => TrackingSubscriber;
  beforeEach(async () => {
    server = await start(apis[provider] as Api);
    at = (apiKey = 'key_of_the_sandbox') =>
      subscriberAt[provider]?.(server.url, apiKey) as TrackingSubscriber;
  });
  afterEach(() => server.stop());

  it('has a parcel followed, once or twice', async () => {
    const followed = {
      kind: 'subscribed',
      subscriptionId: expect.stringMatching(/^[\x21-\x7e]+$/),
    };
    expect(at().provider).toBe(provider);
    expect(await at().subscribe(request)).toMatchObject(followed);
    expect(await at().subscribe(request)).toMatchObject(followed);
  });

  it('tells what it refuses, by a code', async () => {
    expect(await at().subscribe(unknown)).toMatchObject({
      kind: 'refused',
      code: expect.stringMatching(/^[\w.]{1,80}$/),
    });
  });

  it('is worth another try where nothing is known of the answer', async () => {
    server.faults.inject({ kind: 'error_after_execution' });
    await expect(at().subscribe(request)).rejects.toMatchObject({ retryable: true });
    await expect(at('key of someone else').subscribe(request)).rejects.toMatchObject({
      code: 'carrier.account_refused',
    });
  });
});

describe('What a provider says of a number that it follows already', () => {
  const answers: Readonly<Record<string, CarrierRoute>> = {
    '17track': {
      ...{ method: 'POST', path: '/register' },
      handler: () => ({
        status: 200,
        body: { code: 0, data: { accepted: [], rejected: [{ error: { code: -18_019_901 } }] } },
      }),
    },
    aftership: {
      ...{ method: 'POST', path: '/trackings' },
      handler: () => ({ status: 400, body: { meta: { code: 4_003 }, data: {} } }),
    },
  };

  it.each(Object.keys(answers))('is no refusal at %s', async (provider) => {
    const routes = [answers[provider] as CarrierRoute];
    const server = await start({ ...(apis[provider] as Api), routes });
    const subscriber = subscriberAt[provider]?.(server.url, 'key_of_the_sandbox');
    expect(await subscriber?.subscribe(request)).toMatchObject({ kind: 'subscribed' });
    await server.stop();
  });
});

describe('Subscribing at EasyPost', () => {
  it('makes a tracker', async () => {
    const sandbox = await startEasyPostSandbox({ env: {} });
    const subscriber = subscribeEasyPost({
      ...{ apiKey: sandbox.apiKey, baseUrl: `${sandbox.url}/v2`, timeoutMs: 2_000 },
    });
    expect(await subscriber.subscribe(request)).toMatchObject({
      ...{ kind: 'subscribed', subscriptionId: expect.stringMatching(/^trk_/) },
    });
    await sandbox.stop();
  });
});

describe('Subscribing at Shippo', () => {
  const at = (sandbox: { readonly url: string; readonly apiKey: string }, apiKey?: string) =>
    subscribeShippo({
      ...{ apiKey: apiKey ?? sandbox.apiKey, baseUrl: sandbox.url, timeoutMs: 2_000 },
    });

  it('has a parcel followed, under the carrier as Shippo spells it', async () => {
    const sandbox = await startShippoSandbox();
    const subscriber = at(sandbox);
    expect(subscriber.provider).toBe('shippo');
    for (const carrier of ['UPS', 'UPS', 'DHLExpress']) {
      expect(await subscriber.subscribe({ ...request, carrier })).toEqual({
        ...{ kind: 'subscribed', subscriptionId: request.trackingNumber },
      });
    }
    expect(sandbox.control.requests()).toEqual({ 'POST /tracks': 3 });
    await sandbox.stop();
  });

  it('tells what it refuses, and is worth another try where nothing is known', async () => {
    const sandbox = await startShippoSandbox();
    const none = { ...request, trackingNumber: '?' };
    expect(await at(sandbox).subscribe(none)).toMatchObject({ kind: 'refused', code: 'INVALID' });
    sandbox.control.injectFault({ kind: 'error_after_execution' });
    await expect(at(sandbox).subscribe(request)).rejects.toMatchObject({ retryable: true });
    await expect(at(sandbox, 'shippo_live_other').subscribe(request)).rejects.toMatchObject({
      code: 'carrier.account_refused',
    });
    await sandbox.stop();
  });
});

describe('UPS', () => {
  it('forgets after 14 days', async () => {
    const server = await start(apis['ups'] as Api);
    const subscriber = subscriberAt['ups']?.(server.url, 'key_of_the_sandbox');
    expect(await subscriber?.subscribe(request)).toMatchObject({ lastsSeconds: 14 * 86_400 });
    await server.stop();
  });
});
