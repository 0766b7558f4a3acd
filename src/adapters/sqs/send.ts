import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CodedError } from '../../platform/errors.ts';
import { toJson } from '../../platform/json.ts';

const BATCH_LIMIT = 10;
/** What a batch may hold in all: 256 KiB, which every SQS has always taken, though some take more. */
const BATCH_LIMIT_BYTES = 262_144;
/** A message leaves room for the attributes that it will need as a dead letter. */
const MESSAGE_LIMIT_BYTES = 256_000;
const HEXADECIMAL = 16;

/**
 * Sends all of the messages to one queue, or throws: a batch that is accepted in part is an error,
 * and whoever called sends all of it again.
 *
 * @throws CodedError `queue.send_failed`, retryable unless only the messages are to blame |
 * `queue.message_too_large`, not retryable, before anything is sent.
 */
export async function sendAll(
  client: SQSClient,
  queueUrl: string,
  messages: readonly unknown[],
): Promise<void> {
  const bodies = messages.map(toBody);
  for (const body of bodies) assertSize(body);
  for (const batch of toBatches(bodies)) await sendBatch(client, queueUrl, batch);
}

/**
 * JSON of characters that every SQS accepts and none replaces. Surrogate pairs and non-characters
 * can only stand in the strings of a JSON text, where an escape means the same.
 */
const toBody = (message: unknown): string =>
  toJson(message).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(HEXADECIMAL)}`,
  );

function assertSize(body: string): void {
  const bytes = Buffer.byteLength(body);
  if (bytes <= MESSAGE_LIMIT_BYTES) return;
  throw new CodedError({
    code: 'queue.message_too_large',
    message: `A message has ${bytes} bytes; the limit is ${MESSAGE_LIMIT_BYTES}.`,
    retryable: false,
  });
}

/** In order, as many to a batch as their number and their bytes allow. */
function toBatches(bodies: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    const batch = batches.at(-1);
    if (batch === undefined || batch.length === BATCH_LIMIT || bytes > room) {
      batches.push([body]);
      room = BATCH_LIMIT_BYTES - bytes;
    } else {
      batch.push(body);
      room -= bytes;
    }
  }
  return batches;
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  bodies: readonly string[],
): Promise<void> {
  const entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
  const answer = await client.send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
  );
  const failed = answer.Failed ?? [];
  if (failed.length === 0) return;
  throw new CodedError({
    code: 'queue.send_failed',
    message: `${failed.length} of ${entries.length} messages were not accepted.`,
    retryable: failed.some(({ SenderFault: ours }) => ours !== true),
    fields: { queueUrl, reason: failed[0]?.Code ?? '' },
  });
}
