import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { eventually } from '../support/eventually.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

/** Writes what it gets; `fail…` is reported, `throw` throws, `malformed` answers nonsense. */
const worker = `exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records));
  const bodies = Records.map(({ body }) => body);
  if (bodies.includes('throw')) throw new Error('thrown');
  if (bodies.includes('malformed')) return { batchItemFailures: [{ itemIdentifier: '' }] };
  if (bodies.includes('nothing')) return;
  const failed = Records.filter(({ body }) => body.startsWith('fail'));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

type Written = {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Record<string, unknown>;
}[];

const queue = (properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });

const mapping = (queueId: string, properties: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': [queueId, 'Arn'] },
    FunctionName: { Ref: 'worker' },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...properties,
  },
});

let fixture: StartedFixture;
let sqs: SQSClient;

beforeEach(async () => {
  fixture = await startFixture({
    functions: { worker },
    /** One batch at a time, so that a visibility timeout of nothing means at once, but not twice. */
    properties: { worker: { ReservedConcurrentExecutions: 1 } },
    resources: {
      Jobs: queue({
        VisibilityTimeout: 0,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['JobsDead', 'Arn'] },
          maxReceiveCount: 2,
        },
      }),
      JobsDead: queue({ QueueName: 'jobs-dead-letter' }),
      Plain: queue({ QueueName: 'plain', VisibilityTimeout: 0 }),
      Windowed: queue({ QueueName: 'windowed' }),
      Mapping: mapping('Jobs'),
      PlainMapping: mapping('Plain', { FunctionResponseTypes: [], BatchSize: 2 }),
      WindowedMapping: mapping('Windowed', { MaximumBatchingWindowInSeconds: 1, BatchSize: 3 }),
    },
  });
  sqs = new SQSClient({
    endpoint: fixture.runtime.endpoints.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(async () => {
  sqs.destroy();
  await fixture.stop();
});

const send = (name: string, ...bodies: string[]) =>
  sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: fixture.runtime.queueUrl(name),
      Entries: bodies.map((body, index) => ({ Id: String(index), MessageBody: body })),
    }),
  );

/** The bodies of each batch that the function got. */
const batches = () =>
  fixture.written('worker').map((records) => (records as Written).map(({ body }) => body));

const countIn = async (name: string) => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: fixture.runtime.queueUrl(name),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, value) => sum + Number(value), 0);
};

const deadLetters = async () => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: fixture.runtime.queueUrl('jobs-dead-letter'),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    }),
  );
  return Messages.map(({ Body }) => Body).sort();
};

describe('a message', () => {
  it('reaches its function as Lambda spells it, and is deleted', async () => {
    const { MessageId } = await sqs.send(
      new SendMessageCommand({
        QueueUrl: fixture.runtime.queueUrl('Jobs'),
        MessageBody: 'hello',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'greeting' },
          bytes: { DataType: 'Binary', BinaryValue: Uint8Array.from([1, 2]) },
        },
      }),
    );
    await eventually(async () => {
      expect(batches()).toEqual([['hello']]);
      expect(await countIn('Jobs')).toBe(0);
    });
    expect(fixture.written('worker')[0]).toMatchObject([
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
        messageAttributes: {
          kind: { stringValue: 'greeting', dataType: 'String' },
          bytes: { binaryValue: 'AQI=', dataType: 'Binary' },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:app-Jobs',
        awsRegion: 'us-east-1',
      },
    ]);
  });
});

describe('a batch of messages', () => {
  it('that fails in part is deleted in part, and the rest goes to the dead-letter queue', async () => {
    await send('Jobs', 'one', 'fail', 'two');
    await eventually(async () => expect(await deadLetters()).toEqual(['fail']));
    expect(batches()).toEqual([['one', 'fail', 'two'], ['fail']]);
    expect(await countIn('Jobs')).toBe(0);
  });

  it.each(['throw', 'malformed'])('that answers by %s stays whole', async (body) => {
    await send('Jobs', 'one', body);
    await eventually(async () => expect(await deadLetters()).toEqual(['one', body].sort()));
    expect(batches()).toEqual([
      ['one', body],
      ['one', body],
    ]);
  });

  it('is done when the function says nothing about failures', async () => {
    await send('Jobs', 'nothing', 'fail');
    await eventually(async () => {
      expect(batches()).toEqual([['nothing', 'fail']]);
      expect(await countIn('Jobs')).toBe(0);
    });
  });

  it('is done whatever it answers, where the mapping does not report failures', async () => {
    await send('plain', 'fail', 'malformed');
    await eventually(async () => {
      expect(batches()).toEqual([['fail', 'malformed']]);
      expect(await countIn('plain')).toBe(0);
    });
  });

  it('holds no more messages than the mapping allows', async () => {
    await send('plain', 'one', 'two', 'three');
    await eventually(() => expect(batches().flat()).toHaveLength(3));
    expect(batches()[0]).toEqual(['one', 'two']);
  });

  it('waits for more messages within its window, and no longer once it is full', async () => {
    const startedAtMs = performance.now();
    await send('windowed', 'one');
    await send('windowed', 'two');
    await send('windowed', 'three');
    await eventually(() => expect(batches()).toEqual([['one', 'two', 'three']]));
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
  });
});
