import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SendMessageBatchCommandInput,
  type SendMessageBatchCommandOutput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type SqsServer, startSqsServer } from '../../local/aws/sqs-server.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: SqsServer;
let client: SQSClient;
let queueUrl: string;
let count = 0;

beforeAll(async () => {
  server = await startSqsServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  client = new SQSClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  queueUrl = await createQueue();
});
afterEach(() => client.destroy());

const createQueue = async (Attributes: Record<string, string> = {}): Promise<string> => {
  count += 1;
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({ QueueName: `queue-${count}`, Attributes }),
  );
  return QueueUrl;
};

/** Every message of the queue, as JSON; the queue is empty afterwards. */
const drain = async (): Promise<unknown[]> => {
  const bodies: unknown[] = [];
  for (;;) {
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of messages) {
      bodies.push(JSON.parse(Body));
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
};

type Batch = { readonly messages: number; readonly bytes: number };

/** Notes the batches that are sent from now on, and may change how one is answered. */
const watch = (
  change: (answer: SendMessageBatchCommandOutput, batch: number) => void = () => undefined,
): readonly Batch[] => {
  const batches: Batch[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'SendMessageBatchCommand') return next(args);
        const { Entries: entries = [] } = args.input as SendMessageBatchCommandInput;
        const bytes = entries.reduce(
          (sum, entry) => sum + Buffer.byteLength(entry.MessageBody ?? ''),
          0,
        );
        batches.push({ messages: entries.length, bytes });
        const answer = await next(args);
        change(answer.output as SendMessageBatchCommandOutput, batches.length);
        return answer;
      },
    { step: 'initialize', name: 'watch' },
  );
  return batches;
};

const numbered = (length: number, text = '') =>
  Array.from({ length }, (_, index) => ({ index, text }));

describe('sending to a queue', () => {
  it('is in batches of ten, each message once and none left out', async () => {
    const batches = watch();
    await sendAll(client, queueUrl, numbered(23));
    expect(batches.map(({ messages }) => messages)).toEqual([10, 10, 3]);
    const sent = (await drain()) as { index: number }[];
    expect(sent.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
      numbered(23).map(({ index }) => index),
    );
  });

  it('of nothing asks nothing of the queue', async () => {
    const batches = watch();
    await sendAll(client, queueUrl, []);
    expect(batches).toEqual([]);
  });

  it('spells bigints as the schemas read them', async () => {
    await sendAll(client, queueUrl, [{ amountMinor: 10n ** 18n + 1n }]);
    expect(await drain()).toEqual([{ amountMinor: '1000000000000000001' }]);
  });

  it('splits a batch that would hold more bytes than SQS has always taken', async () => {
    const batches = watch();
    await sendAll(client, queueUrl, numbered(10, 'ä'.repeat(45_000)));
    expect(batches.map(({ messages }) => messages)).toEqual([2, 2, 2, 2, 2]);
    expect(Math.max(...batches.map(({ bytes }) => bytes))).toBeLessThanOrEqual(262_144);
    expect(await drain()).toHaveLength(10);
  });

  it('takes the largest trade that the API takes', async () => {
    const items = numbered(100, '\u{1f4e6}'.repeat(100));
    await sendAll(client, queueUrl, [{ items }]);
    expect(await drain()).toEqual([{ items }]);
  });

  it('refuses a message that is too large, before anything is sent', async () => {
    const batches = watch();
    const messages = [...numbered(10), { text: 'x'.repeat(300_000) }];
    await expect(sendAll(client, queueUrl, messages)).rejects.toMatchObject({
      code: 'queue.message_too_large',
      retryable: false,
    });
    expect(batches).toEqual([]);
  });

  it.each([
    ['an emoji', '\u{1f4e6}'],
    ['a lone surrogate', '\ud83d'],
    ['a non-character', '\ufffe\uffff'],
    ['a control character', '\u0000\u0007\u001f\u007f'],
    ['Hangul', '물류'],
  ])('brings %s over as it was', async (_, text) => {
    await sendAll(client, queueUrl, [{ text }]);
    expect(await drain()).toEqual([{ text }]);
  });
});

describe('a batch that is accepted in part', () => {
  it('is an error, and worth another try where the queue is to blame', async () => {
    watch((answer, batch) => {
      if (batch === 2) answer.Failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
    });
    await expect(sendAll(client, queueUrl, numbered(12))).rejects.toMatchObject({
      code: 'queue.send_failed',
      retryable: true,
      fields: { queueUrl, reason: 'InternalError' },
    });
  });

  it('is not worth another try where only the messages are to blame', async () => {
    queueUrl = await createQueue({ MaximumMessageSize: '1024' });
    const messages = [...numbered(2), { text: 'x'.repeat(2_000) }];
    await expect(sendAll(client, queueUrl, messages)).rejects.toMatchObject({
      code: 'queue.send_failed',
      retryable: false,
    });
    expect(await drain()).toHaveLength(2);
  });
});

describe('a queue that does not answer', () => {
  it('throws', async () => {
    await expect(sendAll(client, `${queueUrl}-gone`, [{}])).rejects.toThrow();
  });
});
