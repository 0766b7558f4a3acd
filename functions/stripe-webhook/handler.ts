import { StripeSecret } from '../../src/adapters/secrets/schemas.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { readStripeWebhook, type StripeEndpoint } from '../../src/adapters/stripe/read-webhook.ts';
import { now } from '../_shared/clients.ts';
import { flag, readEnvironment, text } from '../_shared/environment.ts';
import { httpFunction } from '../_shared/http.ts';
import { sqs } from '../_shared/queue-client.ts';
import { secret } from '../_shared/secrets.ts';
import { takeWebhook } from '../_shared/webhook.ts';

const environment = readEnvironment({
  QUEUE_URL_PAYMENTS: text,
  STRIPE_SECRET_ARN: text,
  LIVEMODE: flag,
});
const readSecret = secret(environment.STRIPE_SECRET_ARN, StripeSecret);
const queue = sqs();

const secretsOf = async (endpoint: StripeEndpoint): Promise<readonly string[]> => {
  const { webhookSecrets, connectWebhookSecrets = [] } = await readSecret();
  return endpoint === 'connect' ? connectWebhookSecrets : webhookSecrets;
};

/** `POST /webhooks/stripe`, and `POST /webhooks/stripe/connect` for connected accounts. */
export const handler = httpFunction((event) => {
  const endpoint = event.rawPath.endsWith('/connect') ? 'connect' : 'platform';
  return takeWebhook(event, {
    provider: 'stripe',
    now,
    send: (messages) => sendAll(queue, environment.QUEUE_URL_PAYMENTS, messages),
    read: async (request) =>
      readStripeWebhook({
        rawBody: request.rawBody,
        signature: request.headers['stripe-signature'],
        secrets: await secretsOf(endpoint),
        endpoint,
        livemode: environment.LIVEMODE,
        now: request.now,
      }),
  });
});
