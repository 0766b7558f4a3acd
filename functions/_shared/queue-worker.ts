import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod/mini';
import { type SqsMessage, sqsMessageQueue } from '../../src/adapters/sqs/message-queue.ts';
import type { Attempt, Disposition } from '../../src/process/dispose.ts';
import type { Handled } from '../../src/process/handled.ts';
import { type Work, workMessage } from '../../src/process/work-message.ts';
import { readEnvironment, text, wholeNumber } from './environment.ts';
import { count, framesOf, logger } from './observe.ts';
import { sqs } from './queue-client.ts';
import { functionStack } from './stack.ts';

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
  const work: Work<SqsMessage, T> = {
    ...options,
    observe,
    maxReceiveCount: environment.MAX_RECEIVE_COUNT,
    queue: sqsMessageQueue(sqs(), {
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
  work: Work<SqsMessage, T>,
  { messageId, receiptHandle, body, attributes }: SQSRecord,
): Promise<SQSBatchItemFailure | undefined> {
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  try {
    const fate = await workMessage(work, { messageId, receiptHandle, body, receiveCount });
    return fate === 'acknowledge' ? undefined : { itemIdentifier: messageId };
  } catch (error) {
    logger.error('A message could not be moved; the queue keeps it.', {
      messageId,
      frames: framesOf(error),
    });
    return { itemIdentifier: messageId };
  }
}

function observe({ messageId }: SqsMessage, attempt: Attempt, disposition: Disposition): void {
  if (disposition.kind === 'acknowledge') {
    if (attempt.kind === 'handled' && attempt.handled.kind === 'ignored') {
      count('MessageIgnored', { name: 'reason', value: attempt.handled.reason });
    }
    return;
  }
  const { code, detail } = disposition;
  const context = {
    messageId,
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
