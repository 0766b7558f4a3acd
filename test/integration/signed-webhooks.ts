import { createHmac } from 'node:crypto';
import type { Answer } from '../support/api-client.ts';
import type { TestStack } from '../support/stack.ts';

/** A webhook as it goes over the wire: its bytes and their signature. */
export type SignedWebhook = {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

/** A content type that an HTTP API hands over in base64. */
export const BINARY_CONTENT = 'application/vnd.webhook+json';

/** An event as Stripe would send it of an object that changed. */
export const stripeEvent = (type: string, objectId: string, changes: object = {}): string =>
  JSON.stringify(
    {
      id: `evt_test_${objectId}_${type.replaceAll('.', '_')}`,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: nowSeconds(),
      livemode: false,
      type,
      data: { object: { id: objectId } },
      ...changes,
    },
    null,
    2,
  );

/** Signed by Stripe's own library. */
export const signedAsStripe = (
  { stripe, stripeApi }: TestStack,
  body: string,
  { secret = stripe.webhookSecret, timestamp = nowSeconds() } = {},
): SignedWebhook => ({
  body,
  headers: {
    'stripe-signature': stripeApi.webhooks.generateTestHeaderString({
      payload: body,
      secret,
      timestamp,
    }),
  },
});

/** Signed as EasyPost documents it: over the raw bytes, with the normalized secret. */
export const signedAsEasyPost = (
  { easypost }: TestStack,
  body: string,
  { secret = easypost.webhookSecret } = {},
): SignedWebhook => {
  const key = Buffer.from(secret.normalize('NFKD'), 'utf8');
  const digest = createHmac('sha256', key).update(body, 'utf8').digest('hex');
  return { body, headers: { 'x-hmac-signature': `hmac-sha256-hex=${digest}` } };
};

/** Posts a webhook to the product. No API key goes with it. */
export const postWebhook = (
  { api }: TestStack,
  path: 'stripe' | 'stripe/connect' | `carriers/${string}`,
  { body, headers }: SignedWebhook,
): Promise<Answer> =>
  api.call(`/webhooks/${path}`, { body, headers: { authorization: undefined, ...headers } });

/** Every event that the EasyPost sandbox has sent, first to last, in the bytes that it signs. */
export async function sentByEasyPost({ easypost }: TestStack): Promise<readonly string[]> {
  const get = async (path: string): Promise<string> => {
    const headers = { authorization: `Basic ${btoa(`${easypost.apiKey}:`)}` };
    return (await fetch(`${easypost.url}/v2/events${path}`, { headers })).text();
  };
  const list = JSON.parse(await get('?page_size=100')) as {
    readonly events: readonly { id: string; created_at: string }[];
    readonly has_more: boolean;
  };
  if (list.has_more) throw new Error('EasyPost has sent more than one page of events.');
  return Promise.all(list.events.toReversed().map(({ id }) => get(`/${id}`)));
}
