import { StripeSecret } from '../../src/adapters/secrets/schemas.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { readStripeWebhook } from '../../src/adapters/stripe/read-webhook.ts';
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

/** `POST /webhooks/stripe` */
export const handler = httpFunction((event) =>
  takeWebhook(event, {
    provider: 'stripe',
    now,
    send: (messages) => sendAll(queue, environment.QUEUE_URL_PAYMENTS, messages),
    read: async (request) =>
      readStripeWebhook({
        rawBody: request.rawBody,
        signature: request.headers['stripe-signature'],
        secrets: (await readSecret()).webhookSecrets,
        livemode: environment.LIVEMODE,
        now: request.now,
      }),
  }),
);
