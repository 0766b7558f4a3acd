import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';
import { type SqsServer, startSqsServer } from '../../local/aws/sqs-server.ts';
import type { Invoke } from '../../local/runtime/invocation.ts';
import type { StreamMapping } from '../../local/runtime/model.ts';
import type { Poller } from '../../local/runtime/poller.ts';
import { startStreamPoller } from '../../local/runtime/stream-poller.ts';
import { describeStream, type HandleBatch, type StreamRecord } from '../support/describe-stream.ts';
import { connect, tableDefinitions } from '../support/dynamo.ts';
import { eventually } from '../support/eventually.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const WAITING = { timeoutMs: 30_000, everyMs: 20 };
const MAX_RETRIES = 6;
const SEQUENCE_LENGTH = 10;

/** As the template has it, but for the limits, which would take hours. */
const mapping: StreamMapping = {
  logicalId: 'Mapping',
  functionName: 'router',
  sourceArn: 'stream',
  batchSize: 100,
  batchingWindowSeconds: 0,
  reportsBatchItemFailures: true,
  startingPosition: 'TRIM_HORIZON',
  bisectsOnError: true,
};

let dynamo: DynamoDbServer;
let queues: SqsServer;
let tables: ReturnType<typeof connect>;
let streams: DynamoDBStreamsClient;
let sqs: SQSClient;
let count = 0;
const pollers: Poller[] = [];

beforeAll(async () => {
  [dynamo, queues] = await Promise.all([startDynamoDbServer({ shardCount: 2 }), startSqsServer()]);
  const config = { region: 'us-east-1', credentials };
  tables = connect(dynamo.endpoint);
  streams = new DynamoDBStreamsClient({ ...config, endpoint: dynamo.endpoint });
  sqs = new SQSClient({ ...config, endpoint: queues.endpoint });
});
afterEach(() => Promise.all(pollers.splice(0).map((poller) => poller.stop())));
afterAll(async () => {
  for (const client of [tables, streams, sqs]) client.destroy();
  await Promise.all([dynamo.stop(), queues.stop()]);
});

type Keys = { readonly pk: { readonly S?: string }; readonly sk: { readonly S?: string } };

const toRecord = ({ pk, sk }: Keys): StreamRecord => ({
  streamId: pk.S ?? '',
  sequence: Number(sk.S),
});

const createSource = async () => {
  count += 1;
  const tableName = `events-${count}`;
  const { TableDescription } = await tables.send(
    new CreateTableCommand({ TableName: tableName, ...tableDefinitions.events }),
  );
  const { QueueUrl: failuresUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: `router-dead-letter-${count}` }),
  );
  return { tableName, streamArn: TableDescription?.LatestStreamArn ?? '', failuresUrl };
};

const invokeOf =
  (handle: HandleBatch): Invoke =>
  async (_, event) => {
    const { Records: records } = event as {
      readonly Records: readonly { readonly dynamodb: { readonly Keys: Keys } }[];
    };
    return handle(records.map(({ dynamodb }) => toRecord(dynamodb.Keys)))
      ? { ok: true, requestId: 'request', payload: { batchItemFailures: [] } }
      : { ok: false, requestId: 'request', errorType: 'Error', errorMessage: '', trace: [] };
  };

type Failure = {
  readonly DDBStreamBatchInfo: {
    readonly shardId: string;
    readonly startSequenceNumber: string;
    readonly batchSize: number;
    readonly streamArn: string;
  };
};

/** Reads again from the stream what a failure names, as an operator does. */
const recordsOf = async ({ DDBStreamBatchInfo: place }: Failure): Promise<StreamRecord[]> => {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: place.streamArn,
      ShardId: place.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: place.startSequenceNumber,
    }),
  );
  const { Records: records = [] } = await streams.send(
    new GetRecordsCommand({ ShardIterator, Limit: place.batchSize }),
  );
  return records.map(({ dynamodb }) => toRecord(dynamodb?.Keys as Keys));
};

describeStream("DynamoDB's stream and its mapping", async (handle, { isShortLived }) => {
  const { tableName, streamArn, failuresUrl } = await createSource();
  const failures: Failure[] = [];
  const receiveFailures = async (): Promise<void> => {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: failuresUrl, MaxNumberOfMessages: 10 }),
    );
    failures.push(...messages.map(({ Body = '' }) => JSON.parse(Body) as Failure));
  };
  const start = (): Poller =>
    startStreamPoller({
      mapping: {
        ...mapping,
        ...(isShortLived ? { maxRecordAgeSeconds: 1 } : { maxRetryAttempts: MAX_RETRIES }),
      },
      functionArn: 'router',
      streamArn,
      streams,
      sqs,
      invoke: invokeOf(handle),
      onRecord: dynamo.onRecord,
      onFailureQueueUrl: failuresUrl,
      onProblem: () => {},
    });

  return {
    maxRetries: MAX_RETRIES,
    until: (isSo) => eventually(() => expect(isSo()).toBe(true), WAITING),
    write: async (records) => {
      for (const { streamId, sequence } of records) {
        const sk = String(sequence).padStart(SEQUENCE_LENGTH, '0');
        const Item = { pk: { S: streamId }, sk: { S: sk } };
        await tables.send(new PutItemCommand({ TableName: tableName, Item }));
      }
      // Only now, so that there is a batch and not a record at a time.
      pollers.push(start());
    },
    kept: (wanted) =>
      eventually(async () => {
        await receiveFailures();
        const kept = (await Promise.all(failures.map(recordsOf))).flat();
        expect(kept.length).toBeGreaterThanOrEqual(wanted);
        return kept;
      }, WAITING),
  };
});
