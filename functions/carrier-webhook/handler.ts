import { readEasyPostWebhook } from '../../src/adapters/carriers/easypost/read-webhook.ts';
import { EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { httpFunction } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { sqs } from '../_shared/queue-client.ts';
import { secret } from '../_shared/secrets.ts';
import { takeWebhook, type WebhookReader } from '../_shared/webhook.ts';

const environment = readEnvironment({ QUEUE_URL_TRACKING: text, EASYPOST_SECRET_ARN: text });
const easyPostSecret = secret(environment.EASYPOST_SECRET_ARN, EasyPostSecret);
const queue = sqs();

/** How each carrier's webhooks are verified and read. */
const readers: Readonly<Record<string, WebhookReader>> = {
  easypost: async (request) =>
    readEasyPostWebhook({ ...request, secrets: (await easyPostSecret()).webhookSecrets }),
};

/** `POST /webhooks/carriers/{carrier}` */
export const handler = httpFunction((event) => {
  const carrier = event.pathParameters?.['carrier'] ?? '';
  const read = Object.hasOwn(readers, carrier) ? readers[carrier] : undefined;
  if (read === undefined) {
    throw new ProblemError({ status: 404, code: 'carrier.not_found', detail: 'No such carrier.' });
  }
  const send = (message: unknown) => sendAll(queue, environment.QUEUE_URL_TRACKING, [message]);
  return takeWebhook(event, { provider: carrier, read, send, now });
});
