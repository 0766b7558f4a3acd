import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import { CodedError } from '../../src/platform/errors.ts';
import { type Attempt, type Disposition, dispose } from '../../src/process/dispose.ts';
import type { Handled } from '../../src/process/handled.ts';
import { readEnvironment, text, wholeNumber } from './environment.ts';
import { count, framesOf, logger } from './observe.ts';
import { sqs } from './queue-client.ts';
import { functionStack } from './stack.ts';

const REASON_MAX_LENGTH = 500;

const queueEnvironment = {
  SOURCE_QUEUE_URL: text,
  DEAD_LETTER_QUEUE_URL: text,
  MAX_RECEIVE_COUNT: wholeNumber,
};

type QueueEnvironment = {
  readonly SOURCE_QUEUE_URL: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
  readonly MAX_RECEIVE_COUNT: number;
};

/**
 * A Lambda handler that consumes one queue. Every message of a batch stands alone: it is
 * acknowledged, left for a later try, or moved to the dead-letter queue with its reason. A message
 * whose fate could not be arranged is reported as failed, so that the queue keeps it.
 */
export function queueWorker<M>(options: {
  readonly schema: z.ZodMiniType<M>;
  readonly consume: (message: M) => Promise<Handled>;
}) {
  const environment = readEnvironment(queueEnvironment) as QueueEnvironment;
  const client = sqs();
  return functionStack<SQSEvent, SQSBatchResponse>(async (event) => {
    const failures = await Promise.all(
      event.Records.map((record) => handleRecord({ client, environment, ...options }, record)),
    );
    return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
  });
}

type WorkerContext<M> = {
  readonly client: SQSClient;
  readonly environment: QueueEnvironment;
  readonly schema: z.ZodMiniType<M>;
  readonly consume: (message: M) => Promise<Handled>;
};

async function handleRecord<M>(
  context: WorkerContext<M>,
  record: SQSRecord,
): Promise<SQSBatchItemFailure | undefined> {
  const attempt = await tryRecord(context, record);
  const disposition = dispose(attempt, {
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
    maxReceiveCount: context.environment.MAX_RECEIVE_COUNT,
  });
  observe(record, attempt, disposition);
  try {
    return await arrange(context, record, disposition);
  } catch (error) {
    logger.error('A message could not be moved; the queue keeps it.', {
      messageId: record.messageId,
      error: error instanceof Error ? error.name : 'unknown',
    });
    return { itemIdentifier: record.messageId };
  }
}

async function tryRecord<M>(
  { schema, consume }: WorkerContext<M>,
  record: SQSRecord,
): Promise<Attempt> {
  try {
    return { kind: 'handled', handled: await consume(parse(schema, record.body)) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** @throws CodedError `message.unreadable`, not retryable: the text will not change. */
function parse<M>(schema: z.ZodMiniType<M>, body: string): M {
  const unreadable = (reason: string): CodedError =>
    new CodedError({ code: 'message.unreadable', message: reason, retryable: false });
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw unreadable('The message is not JSON.');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const paths = result.error.issues.map(({ path }) => path.join('.') || '(root)');
  throw unreadable(`The message does not fit its schema at ${paths.slice(0, 5).join(', ')}.`);
}

/** Does what was decided; answers the failure to report where the message is to come again. */
async function arrange<M>(
  { client, environment }: WorkerContext<M>,
  record: SQSRecord,
  disposition: Disposition,
): Promise<SQSBatchItemFailure | undefined> {
  switch (disposition.kind) {
    case 'acknowledge':
      return undefined;
    case 'retry':
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: environment.SOURCE_QUEUE_URL,
          ReceiptHandle: record.receiptHandle,
          VisibilityTimeout: disposition.delaySeconds,
        }),
      );
      return { itemIdentifier: record.messageId };
    case 'dead_letter':
      await client.send(
        new SendMessageCommand({
          QueueUrl: environment.DEAD_LETTER_QUEUE_URL,
          MessageBody: record.body,
          MessageAttributes: reasonAttributes(record, disposition),
        }),
      );
      return undefined;
    default: {
      const unknownDisposition: never = disposition;
      return unknownDisposition;
    }
  }
}

const reasonAttributes = (
  record: SQSRecord,
  { code, detail }: Extract<Disposition, { kind: 'dead_letter' }>,
) => ({
  reasonCode: { DataType: 'String', StringValue: code },
  reason: { DataType: 'String', StringValue: detail.slice(0, REASON_MAX_LENGTH) },
  originalMessageId: { DataType: 'String', StringValue: record.messageId },
  receiveCount: { DataType: 'Number', StringValue: record.attributes.ApproximateReceiveCount },
});

function observe(record: SQSRecord, attempt: Attempt, disposition: Disposition): void {
  if (disposition.kind === 'acknowledge') {
    if (attempt.kind === 'handled' && attempt.handled.kind === 'ignored') {
      count('MessageIgnored', { name: 'reason', value: attempt.handled.reason });
    }
    return;
  }
  const { code, detail } = disposition;
  const context = {
    messageId: record.messageId,
    code,
    detail,
    frames: attempt.kind === 'failed' ? framesOf(attempt.error) : [],
  };
  if (disposition.kind === 'dead_letter') {
    logger.error('A message went to the dead-letter queue.', context);
    count('MessageDeadLettered', { name: 'code', value: code });
  } else {
    logger.warn('A message will be tried again.', {
      ...context,
      delaySeconds: disposition.delaySeconds,
    });
    count('MessageRetried', { name: 'code', value: code });
  }
}
