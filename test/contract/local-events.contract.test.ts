import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../support/eventually.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Writes what it gets, and throws while the batch has an item called `poison`. */
const router = `exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records));
  if (Records.some(({ dynamodb }) => dynamodb.Keys.pk.S === 'poison')) throw new Error('poisoned');
};`;

const clock = 'exports.handler = async (event) => console.log(JSON.stringify(event));';

const stringKeys = {
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};

const resources = {
  Events: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      ...stringKeys,
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'router-dead-letter' } },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Events', 'StreamArn'] },
      FunctionName: { Ref: 'router' },
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
    },
  },
  Ticking: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 'Target', Arn: { 'Fn::GetAtt': ['clock', 'Arn'] } }],
    },
  },
  Hourly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: { 'Fn::GetAtt': ['hourly', 'Arn'] }, Input: '{"given":true}' },
    },
  },
};

type Written = {
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: { readonly pk: { readonly S: string } } };
}[];

let fixture: StartedFixture;
let tables: DynamoDBClient;
let sqs: SQSClient;

beforeEach(async () => {
  fixture = await startFixture({
    functions: { router, clock, hourly: clock },
    resources,
    options: { scheduleIntervalMs: (name) => (name === 'clock' ? 20 : undefined) },
  });
  const { endpoints } = fixture.runtime;
  tables = new DynamoDBClient({ endpoint: endpoints.dynamodb, region: 'us-east-1', credentials });
  sqs = new SQSClient({ endpoint: endpoints.sqs, region: 'us-east-1', credentials });
});

afterEach(async () => {
  tables.destroy();
  sqs.destroy();
  await fixture.stop();
});

const putTogether = (...keys: string[]) =>
  tables.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [fixture.runtime.tableName('events')]: keys.map((pk) => ({
          PutRequest: { Item: { pk: { S: pk } } },
        })),
      },
    }),
  );

/** The keys of each batch that the function got. */
const batches = () =>
  fixture
    .written('router')
    .map((records) => (records as Written).map(({ dynamodb }) => dynamodb.Keys.pk.S));

const receiveGivenUp = async () => {
  const QueueUrl = fixture.runtime.queueUrl('router-dead-letter');
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages).toHaveLength(1);
  return JSON.parse(Messages[0]?.Body ?? '');
};

describe('a write to a table with a stream', () => {
  it('reaches the function as Lambda spells it', async () => {
    await tables.send(
      new PutItemCommand({
        TableName: fixture.runtime.tableName('Events'),
        Item: { pk: { S: 'a' }, bytes: { B: Uint8Array.from([1, 2]) }, list: { L: [{ N: '1' }] } },
      }),
    );
    await eventually(() => expect(batches()).toEqual([['a']]));
    expect(fixture.written('router')[0]).toEqual([
      {
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        eventSourceARN: expect.stringMatching(/:table\/app-Events\/stream\//),
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: 'a' } },
          NewImage: { pk: { S: 'a' }, bytes: { B: 'AQI=' }, list: { L: [{ N: '1' }] } },
          SequenceNumber: expect.stringMatching(/^\d{21}$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
    ]);
  });

  it('that the function cannot take is given up alone, and named on the failure queue', async () => {
    await putTogether('one', 'two', 'poison', 'three');
    const givenUp = await eventually(receiveGivenUp);
    expect(givenUp).toMatchObject({
      version: '1.0',
      requestContext: {
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:router',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/),
        batchSize: 1,
        streamArn: expect.stringMatching(/:table\/app-Events\/stream\//),
      },
    });
    const { startSequenceNumber, endSequenceNumber } = givenUp['DDBStreamBatchInfo'];
    expect(startSequenceNumber).toBe(endSequenceNumber);
    await eventually(() => {
      const handled = batches().filter((keys) => !keys.includes('poison'));
      expect(handled.flat()).toEqual(['one', 'two', 'three']);
    });
  });
});

describe('a schedule', () => {
  it('ticks at the start, and as often as the caller wants it to', async () => {
    await eventually(() => expect(fixture.written('clock').length).toBeGreaterThan(3));
    expect(fixture.written('clock')[0]).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/app-Ticking'],
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
    });
  });

  it('that nobody hurries ticks once at the start, with the input that it has', async () => {
    await eventually(() => expect(fixture.written('clock').length).toBeGreaterThan(3));
    expect(fixture.written('hourly')).toEqual([{ given: true }]);
  });
});
