import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CodedError } from '../../platform/errors.ts';
import { toJson } from '../../platform/json.ts';

const BATCH_LIMIT = 10;
/** A batch may hold 1 MiB in all; ten messages below this stay under it. */
const MESSAGE_LIMIT_BYTES = 100_000;

/**
 * Sends all of the messages to one queue, or throws: a batch that is accepted in part is an error,
 * and whoever called sends all of it again.
 *
 * @throws CodedError `queue.send_failed` (retryable) | `queue.message_too_large` (not).
 */
export async function sendAll(
  client: SQSClient,
  queueUrl: string,
  messages: readonly unknown[],
): Promise<void> {
  const bodies = messages.map(toJson);
  for (const body of bodies) assertSize(body);
  for (let start = 0; start < bodies.length; start += BATCH_LIMIT) {
    const entries = bodies
      .slice(start, start + BATCH_LIMIT)
      .map((body, index) => ({ Id: String(index), MessageBody: body }));
    const answer = await client.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    const failed = answer.Failed ?? [];
    if (failed.length > 0) {
      throw new CodedError({
        code: 'queue.send_failed',
        message: `${failed.length} of ${entries.length} messages were not accepted.`,
        retryable: true,
        fields: { queueUrl, reason: failed[0]?.Code ?? '' },
      });
    }
  }
}

function assertSize(body: string): void {
  const bytes = Buffer.byteLength(body);
  if (bytes <= MESSAGE_LIMIT_BYTES) return;
  throw new CodedError({
    code: 'queue.message_too_large',
    message: `A message has ${bytes} bytes; the limit is ${MESSAGE_LIMIT_BYTES}.`,
    retryable: false,
  });
}
