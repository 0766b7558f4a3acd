import {
  DeleteMessageBatchCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { readBatchResponse } from './batch-response.ts';
import type { InvocationResult, Invoke } from './invocation.ts';
import type { QueueMapping } from './model.ts';
import { backOffMs, type Poller, pause, repeatUntilStopped } from './poller.ts';
import { createSemaphore } from './semaphore.ts';

export type QueuePollerSettings = {
  readonly mapping: QueueMapping;
  readonly queueUrl: string;
  readonly region: string;
  readonly sqs: SQSClient;
  readonly invoke: Invoke;
  /** How many batches may be with the function at once. */
  readonly concurrency: number;
  readonly onProblem: (problem: string) => void;
};

const receiveLimit = 10;
const longPollSeconds = 20;
const deleteAttempts = 4;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const toAttribute = (attribute: MessageAttributeValue) => ({
  dataType: attribute.DataType,
  stringListValues: [],
  binaryListValues: [],
  ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
  ...(attribute.BinaryValue === undefined ? {} : { binaryValue: toBase64(attribute.BinaryValue) }),
});

const toRecord = (message: Message, { mapping, region }: QueuePollerSettings) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
      name,
      toAttribute(attribute),
    ]),
  ),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: mapping.sourceArn,
  awsRegion: region,
});

const receive = async (
  { queueUrl, sqs }: QueuePollerSettings,
  { wanted, waitSeconds }: { wanted: number; waitSeconds: number },
  signal: AbortSignal,
): Promise<Message[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, receiveLimit),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    { abortSignal: signal },
  );
  return Messages;
};

/** Waits for a first message, then, within the batching window, for as many as a batch holds. */
const receiveBatch = async (settings: QueuePollerSettings, signal: AbortSignal) => {
  const { batchSize, batchingWindowSeconds } = settings.mapping;
  const first = { wanted: batchSize, waitSeconds: longPollSeconds };
  const messages = await receive(settings, first, signal);
  const deadlineMs = Date.now() + batchingWindowSeconds * 1000;
  while (messages.length > 0 && messages.length < batchSize && Date.now() < deadlineMs) {
    const more = { wanted: batchSize - messages.length, waitSeconds: 0 };
    const received = await receive(settings, more, signal);
    messages.push(...received);
    if (received.length === 0) await pause(20, signal);
  }
  return messages;
};

/** The messages that are done with: all, none, or those that the function did not name. */
const doneWith = (
  messages: readonly Message[],
  result: InvocationResult,
  { mapping, onProblem }: QueuePollerSettings,
): readonly Message[] => {
  if (!result.ok) return [];
  if (!mapping.reportsBatchItemFailures) return messages;
  const known = new Set(messages.map(({ MessageId }) => String(MessageId)));
  const response = readBatchResponse(result.payload, known);
  if (response.understood) {
    const failed = new Set(response.failed);
    return messages.filter(({ MessageId }) => !failed.has(String(MessageId)));
  }
  onProblem(`not a batch response, so the batch failed: ${JSON.stringify(result.payload)}`);
  return [];
};

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );

/** Deletes up to ten messages, and those again that SQS could not delete. */
const deleteChunk = async (
  { queueUrl, sqs, onProblem }: QueuePollerSettings,
  messages: readonly Message[],
  signal: AbortSignal,
) => {
  let left = messages;
  for (let attempt = 1; left.length > 0 && attempt <= deleteAttempts; attempt += 1) {
    if (attempt > 1) await pause(backOffMs(attempt - 1), signal);
    const Entries = left.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed = [] } = await sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
    );
    const failed = new Set(Failed.map(({ Id }) => Number(Id)));
    left = left.filter((_, index) => failed.has(index));
  }
  if (left.length > 0) onProblem(`${left.length} handled messages could not be deleted`);
};

/**
 * Polls a queue for a function, as an event source mapping does: one long poll is always open while
 * the function has room, a batch goes to the function, and what it is done with is deleted. What
 * failed stays in the queue until its visibility timeout ends, and the queue's own redrive policy
 * moves it on.
 */
export const startQueuePoller = (settings: QueuePollerSettings): Poller => {
  const { mapping, invoke, onProblem } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const places = createSemaphore(settings.concurrency);
  const inFlight = new Set<Promise<void>>();

  const handle = async (messages: readonly Message[]) => {
    try {
      const Records = messages.map((message) => toRecord(message, settings));
      const result = await invoke(mapping.functionName, { Records });
      const done = doneWith(messages, result, settings);
      await Promise.all(
        chunksOf(done, receiveLimit).map((chunk) => deleteChunk(settings, chunk, signal)),
      );
    } catch (error) {
      onProblem(`a handled batch could not be deleted: ${error}`);
    } finally {
      places.release();
    }
  };

  const step = async () => {
    await places.acquire();
    let messages: readonly Message[] = [];
    try {
      messages = await receiveBatch(settings, signal);
    } finally {
      if (messages.length === 0) places.release();
    }
    if (messages.length === 0) return;
    const handled = handle(messages).finally(() => inFlight.delete(handled));
    inFlight.add(handled);
  };

  const polling = repeatUntilStopped(step, { signal, onProblem });
  return {
    stop: async () => {
      stopping.abort();
      places.release();
      await Promise.all([polling, ...inFlight]);
    },
  };
};
