import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Attempt, Disposition } from '../../src/process/dispose.ts';
import type { Handled } from '../../src/process/handled.ts';
import { type MessageQueue, type Work, workMessage } from '../../src/process/work-message.ts';
import { readEnvironment, text, wholeNumber } from './environment.ts';
import { count, framesOf, logger } from './observe.ts';
import { sqs } from './queue-client.ts';
import { functionStack } from './stack.ts';

const REASON_MAX_LENGTH = 500;

type QueuedMessage = {
  readonly body: string;
  readonly receiveCount: number;
  readonly record: SQSRecord;
};

/**
 * A Lambda handler that consumes one queue. Every message of a batch stands alone: it is
 * acknowledged, left for a later try, or moved to the dead-letter queue with its reason. A message
 * whose fate could not be arranged is reported as failed, so that the queue keeps it.
 */
export function queueWorker<T>(options: {
  readonly schema: z.ZodMiniType<T>;
  readonly consume: (message: T) => Promise<Handled>;
}) {
  const environment = readEnvironment({
    SOURCE_QUEUE_URL: text,
    DEAD_LETTER_QUEUE_URL: text,
    MAX_RECEIVE_COUNT: wholeNumber,
  });
  const work: Work<QueuedMessage, T> = {
    ...options,
    observe,
    maxReceiveCount: environment.MAX_RECEIVE_COUNT,
    queue: messageQueue(sqs(), {
      sourceUrl: environment.SOURCE_QUEUE_URL,
      deadLetterUrl: environment.DEAD_LETTER_QUEUE_URL,
    }),
  };
  return functionStack<SQSEvent, SQSBatchResponse>(async (event) => {
    const failures = await Promise.all(event.Records.map((record) => failureOf(work, record)));
    return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
  });
}

async function failureOf<T>(
  work: Work<QueuedMessage, T>,
  record: SQSRecord,
): Promise<SQSBatchItemFailure | undefined> {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  try {
    const fate = await workMessage(work, { body: record.body, receiveCount, record });
    return fate === 'acknowledge' ? undefined : { itemIdentifier: record.messageId };
  } catch (error) {
    logger.error('A message could not be moved; the queue keeps it.', {
      messageId: record.messageId,
      frames: framesOf(error),
    });
    return { itemIdentifier: record.messageId };
  }
}

const messageQueue = (
  client: SQSClient,
  { sourceUrl, deadLetterUrl }: { readonly sourceUrl: string; readonly deadLetterUrl: string },
): MessageQueue<QueuedMessage> => ({
  delay: async ({ record }, seconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: sourceUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
  deadLetter: async ({ record }, { code, detail }) => {
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLetterUrl,
        MessageBody: record.body,
        MessageAttributes: {
          reasonCode: attribute(code),
          reason: attribute(detail.slice(0, REASON_MAX_LENGTH)),
          originalMessageId: attribute(record.messageId),
          receiveCount: attribute(record.attributes.ApproximateReceiveCount),
        },
      }),
    );
  },
});

function observe({ record }: QueuedMessage, attempt: Attempt, disposition: Disposition): void {
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
    const { delaySeconds } = disposition;
    logger.warn('A message will be tried again.', { ...context, delaySeconds });
    count('MessageRetried', { name: 'code', value: code });
  }
}
