import { CarriersSecret, EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { httpFunction } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { sqs } from '../_shared/queue-client.ts';
import { secret } from '../_shared/secrets.ts';
import { takeWebhook } from '../_shared/webhook.ts';
import { webhookReaders } from './readers.ts';

const environment = readEnvironment({
  QUEUE_URL_TRACKING: text,
  EASYPOST_SECRET_ARN: text,
  CARRIERS_SECRET_ARN: text,
});
const queue = sqs();
const readerOf = webhookReaders({
  easyPostSecret: secret(environment.EASYPOST_SECRET_ARN, EasyPostSecret),
  carriersSecret: secret(environment.CARRIERS_SECRET_ARN, CarriersSecret),
  now,
});

/** `POST /webhooks/carriers/{carrier}` */
export const handler = httpFunction(async (event) => {
  const carrier = event.pathParameters?.['carrier'] ?? '';
  const read = await readerOf(carrier);
  if (read === undefined) {
    throw new ProblemError({ status: 404, code: 'carrier.not_found', detail: 'No such carrier.' });
  }
  const send = (messages: readonly unknown[]) =>
    sendAll(queue, environment.QUEUE_URL_TRACKING, messages);
  return takeWebhook(event, { provider: carrier, read, send, now });
});
