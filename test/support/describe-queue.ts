import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import type { MessageQueue, ReceivedMessage } from '../../src/process/work-message.ts';

export type KeptLetter = {
  readonly body: string;
  /** Null where SQS moved the message by itself. */
  readonly reasonCode: string | null;
  readonly reason: string | null;
};

/** An empty queue with its dead-letter queue, and how a worker's mapping stands to it. */
export type QueueUnderTest<M extends ReceivedMessage> = {
  /** As the product sends with it, to `url`. */
  readonly client: SQSClient;
  readonly url: string;
  readonly absentUrl: string;
  readonly maxReceiveCount: number;
  /** Waits until the queue gives something out: at most ten messages, in any order. */
  readonly receive: () => Promise<readonly M[]>;
  readonly queue: MessageQueue<M>;
  readonly acknowledge: (messages: readonly M[]) => Promise<void>;
  /** Waits until something is on the dead-letter queue. */
  readonly deadLetters: () => Promise<readonly KeptLetter[]>;
  /** Puts every dead letter back. */
  readonly redrive: () => Promise<void>;
  /** Waits for a call of the product's. */
  readonly settled: <T>(call: Promise<T>) => Promise<T>;
  /** Of the next batch that is sent, some messages are not accepted, and it is not their fault. */
  readonly acceptInPart: () => void;
};

const BATCH_LIMIT = 10;
const LONG_SECONDS = 600;

type Make<M extends ReceivedMessage> = () => Promise<QueueUnderTest<M>>;

type Suite<M extends ReceivedMessage> = {
  readonly under: () => QueueUnderTest<M>;
  readonly send: (...names: readonly string[]) => Promise<void>;
  readonly receiveOne: () => Promise<M>;
};

const bodyOf = (name: string): string => JSON.stringify({ name });
const nameOf = ({ body }: ReceivedMessage): string => (JSON.parse(body) as { name: string }).name;
const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `message ${index}`);

/** What the product counts on in a queue and in its dead-letter queue. `make` gives empty ones. */
export function describeQueue<M extends ReceivedMessage>(name: string, make: Make<M>): void {
  describe(`${name} as a queue`, () => {
    let made: QueueUnderTest<M>;
    beforeEach(async () => {
      made = await make();
    });
    const under = () => made;
    const suite: Suite<M> = {
      under,
      send: (...names) =>
        made.settled(
          sendAll(
            made.client,
            made.url,
            names.map((each) => ({ name: each })),
          ),
        ),
      receiveOne: async () => {
        const [message, ...others] = await made.receive();
        expect(others).toEqual([]);
        return message as M;
      },
    };
    describeSending(suite);
    describeReceiving(suite);
    describeDelay(suite);
    describeDeadLetters(suite);
  });
}

/** Takes from the queue until each of the names was seen; repeats are no news. */
async function receiveAll<M extends ReceivedMessage>(
  { under }: Suite<M>,
  names: readonly string[],
): Promise<readonly (readonly M[])[]> {
  const batches: (readonly M[])[] = [];
  const missing = new Set(names);
  while (missing.size > 0) {
    const batch = await under().receive();
    batches.push(batch);
    for (const message of batch) missing.delete(nameOf(message));
    await under().acknowledge(batch);
  }
  return batches;
}

function describeSending<M extends ReceivedMessage>(suite: Suite<M>): void {
  const { under, send } = suite;

  it('gives out every message that was sent, whatever the order, ten at once at most', async () => {
    const names = numbered(25);
    await send(...names);
    const batches = await receiveAll(suite, names);
    expect(new Set(batches.flat().map(nameOf))).toEqual(new Set(names));
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(BATCH_LIMIT);
  });

  it('says so where a batch was accepted in part; sent again, none is missing', async () => {
    const names = numbered(BATCH_LIMIT);
    under().acceptInPart();
    await expect(send(...names)).rejects.toMatchObject({
      code: 'queue.send_failed',
      retryable: true,
    });
    await send(...names);
    await receiveAll(suite, names);
  });

  it('refuses a batch of none and one of more than ten', async () => {
    const sendBatch = (size: number) => {
      const Entries = numbered(size).map((each, index) => ({
        Id: String(index),
        MessageBody: bodyOf(each),
      }));
      const { client, url, settled } = under();
      return settled(client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })));
    };
    await expect(sendBatch(0)).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(sendBatch(11)).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
    await send('the only one');
    expect((await under().receive()).map(nameOf)).toEqual(['the only one']);
  });

  it('is not found under another name', async () => {
    const { client, absentUrl, settled } = under();
    await expect(settled(sendAll(client, absentUrl, [{}]))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
}

function describeReceiving<M extends ReceivedMessage>({ under, send, receiveOne }: Suite<M>): void {
  it('gives a message out again, with a higher count, until it is acknowledged', async () => {
    await send('one');
    expect(await receiveOne()).toMatchObject({ body: bodyOf('one'), receiveCount: 1 });
    expect(await receiveOne()).toMatchObject({ body: bodyOf('one'), receiveCount: 2 });
  });

  it('never gives out again what was acknowledged in time', async () => {
    await send('done');
    await under().acknowledge([await receiveOne()]);
    await send('kept');
    expect(nameOf(await receiveOne())).toBe('kept');
    expect(await receiveOne()).toMatchObject({ body: bodyOf('kept'), receiveCount: 2 });
  });

  it('acknowledges one message of a batch and keeps the others', async () => {
    await send('one', 'two');
    const seen: M[] = [];
    while (seen.length < 2) seen.push(...(await under().receive()));
    await under().acknowledge(seen.filter((message) => nameOf(message) === 'one'));
    expect(await receiveOne()).toMatchObject({ body: bodyOf('two'), receiveCount: 2 });
  });
}

function describeDelay<M extends ReceivedMessage>({ under, send, receiveOne }: Suite<M>): void {
  const delay = (message: M, seconds: number) =>
    under().settled(under().queue.delay(message, seconds));

  it('delays a message for as long as it is told, longer or shorter than by itself', async () => {
    await send('late');
    await delay(await receiveOne(), LONG_SECONDS);
    await send('soon');
    await delay(await receiveOne(), 0);
    expect(await receiveOne()).toMatchObject({ body: bodyOf('soon'), receiveCount: 2 });
  });

  it('takes the same receipt for another delay', async () => {
    await send('one');
    const message = await receiveOne();
    await delay(message, LONG_SECONDS);
    await delay(message, 0);
    expect(await receiveOne()).toMatchObject({ receiveCount: 2 });
  });

  it('takes the same receipt to acknowledge what was delayed', async () => {
    await send('done');
    const message = await receiveOne();
    await delay(message, 1);
    await under().acknowledge([message]);
    await send('kept');
    await receiveOne();
    expect(await receiveOne()).toMatchObject({ body: bodyOf('kept'), receiveCount: 2 });
  });

  it('refuses to delay by the receipt of an earlier time', async () => {
    await send('one');
    const early = await receiveOne();
    const late = await receiveOne();
    await expect(delay(early, 0)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    await delay(late, 0);
  });

  it('refuses to delay what was acknowledged', async () => {
    await send('one');
    const message = await receiveOne();
    await under().acknowledge([message]);
    await expect(delay(message, 0)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });
}

function describeDeadLetters<M extends ReceivedMessage>({
  under,
  send,
  receiveOne,
}: Suite<M>): void {
  const reason = { code: 'trade.unknown', detail: 'There is no such trade.' };

  const exhaust = async (): Promise<void> => {
    await send('poison');
    for (let count = 1; count <= under().maxReceiveCount; count += 1) {
      const message = await receiveOne();
      expect(message.receiveCount).toBe(count);
      await under().settled(under().queue.delay(message, 0));
    }
  };

  it('moves a message to the dead-letter queue after as many receives as it may have', async () => {
    await exhaust();
    expect(await under().deadLetters()).toEqual([
      { body: bodyOf('poison'), reasonCode: null, reason: null },
    ]);
    await send('next');
    expect(nameOf(await receiveOne())).toBe('next');
  });

  it('keeps a copy with its reason, and the message until it is acknowledged', async () => {
    await send('rejected');
    const message = await receiveOne();
    await under().settled(under().queue.deadLetter(message, reason));
    expect(await under().deadLetters()).toEqual([
      { body: bodyOf('rejected'), reasonCode: reason.code, reason: reason.detail },
    ]);
    expect(await receiveOne()).toMatchObject({ body: bodyOf('rejected'), receiveCount: 2 });
  });

  it('keeps two copies where a message was rejected twice', async () => {
    await send('rejected');
    const { queue, settled, deadLetters } = under();
    await settled(queue.deadLetter(await receiveOne(), reason));
    await settled(queue.deadLetter(await receiveOne(), reason));
    expect(await deadLetters()).toHaveLength(2);
  });

  it('cuts a reason that is too long', async () => {
    await send('rejected');
    const long = { code: 'trade.unknown', detail: 'x'.repeat(600) };
    await under().settled(under().queue.deadLetter(await receiveOne(), long));
    const [letter] = await under().deadLetters();
    expect(letter?.reason).toBe('x'.repeat(500));
  });

  it('takes a dead letter back as a new message', async () => {
    await exhaust();
    await under().deadLetters();
    await under().redrive();
    expect(await receiveOne()).toMatchObject({ body: bodyOf('poison'), receiveCount: 1 });
  });
}
