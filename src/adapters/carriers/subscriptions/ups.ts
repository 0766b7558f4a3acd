import { randomUUID } from 'node:crypto';
import { carrierUnavailable } from '../../../shipment/ports.ts';
import type { TrackingSubscriber } from '../../../shipment/subscribe.ts';
import { toRefusal } from '../answers.ts';
import { createCarrierClient, isName } from '../http.ts';
import { at, objectsIn, text } from '../json-value.ts';

export type UpsOptions = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where UPS posts to: our own webhook route. */
  readonly webhookUrl: string;
  /** What UPS is to send in `credential` with every webhook: the secret that they are verified by. */
  readonly credential: string;
  /** Defaults to the real API. A trailing slash does not matter. */
  readonly baseUrl?: string;
  /** The most one call may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof globalThis.fetch;
};

const DEFAULT_BASE_URL = 'https://onlinetools.ups.com';
/** UPS forgets a subscription after 14 days, and tells only what happens while it stands. */
const LASTS_SECONDS = 14 * 86_400;

/** UPS Track Alert: a token by client credentials, and a subscription of one number with it. */
export const subscribeUps = (options: UpsOptions): TrackingSubscriber => ({
  provider: 'ups',
  subscribe: async ({ trackingNumber }) => {
    const token = await tokenOf(options);
    const client = createCarrierClient({
      ...shared(options),
      headers: () => ({
        authorization: `Bearer ${token}`,
        transid: randomUUID(),
        transactionsrc: 'tradelane',
      }),
    });
    const { webhookUrl: url, credential } = options;
    const answer = await client.post('api/track/v1/subscription/standard/package', {
      locale: 'en_US',
      countryCode: 'US',
      trackingNumberList: [trackingNumber],
      destination: { url, credentialType: 'Bearer', credential },
    });
    if (answer.kind === 'refused') return toRefusal(answer);
    const valid = answer.body['validTrackingNumbers'];
    return Array.isArray(valid) && valid.includes(trackingNumber)
      ? { kind: 'subscribed', subscriptionId: trackingNumber, lastsSeconds: LASTS_SECONDS }
      : toRefusal({ code: 'UPS.INVALID_NUMBER', fields: [] });
  },
});

const shared = ({ baseUrl = DEFAULT_BASE_URL, timeoutMs, fetch }: UpsOptions) => ({
  ...(fetch === undefined ? {} : { fetch }),
  ...{ name: 'UPS', baseUrl, timeoutMs, readError },
});

/** A form, which is how OAuth asks; tokens last four hours, and a subscription needs one at a time. */
async function tokenOf(options: UpsOptions): Promise<string> {
  const { clientId, clientSecret } = options;
  const send = options.fetch ?? globalThis.fetch;
  const client = createCarrierClient({
    ...shared({
      ...options,
      fetch: (url, init) =>
        send(url, {
          ...init,
          headers: { ...init?.headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: 'grant_type=client_credentials',
        }),
    }),
    headers: () => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    }),
  });
  const answer = await client.post('security/v1/oauth/token', {});
  const token = answer.kind === 'ok' ? text(answer.body['access_token'], 8_000) : '';
  if (token !== '') return token;
  throw carrierUnavailable('carrier.account_refused', { message: 'UPS gave no token.' });
}

/** `{ response: { errors: [{ code, message }] } }` */
const readError = (body: unknown): { code: string; fields: readonly string[] } => {
  const code = objectsIn(at(body, 'response', 'errors'))
    .map((error) => `UPS.${text(error['code'], 40)}`)
    .find(isName);
  return { code: code ?? 'REFUSED', fields: [] };
};
