import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { startSqsServer } from '../../local/aws/sqs-server.ts';
import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import type { Lane, LaneItem } from '../../src/reconciliation/lane.ts';
import { tableDefinitions } from '../support/dynamo.ts';
import { type Counts, startCountingDynamoDb } from './counting-dynamodb.ts';
import { columns } from './table.ts';
import { volumes } from './volume.ts';

const SIZES = [50, 200] as const;
const LANES: readonly { readonly lane: Lane; readonly rec: 'A' | 'D' }[] = [
  { lane: 'provider', rec: 'A' },
  { lane: 'bank_out', rec: 'D' },
];
const TODAY = '2026-06-26';

type Handler = (event: SQSEvent, context: Context) => Promise<unknown>;

/** Both sides of a rec as the lane gets them. */
function itemsOf(lane: Lane, rec: 'A' | 'D', trades: number): readonly LaneItem[] {
  const { left, right } = volumes[rec](trades);
  return [
    ...left.map(
      (item): LaneItem => ({ lane, side: 'left', rec, item, about: { payoutId: item.id } }),
    ),
    ...right.map((item): LaneItem => ({ lane, side: 'right', rec: null, item })),
  ];
}

const message = (lane: Lane): SQSEvent =>
  ({
    Records: [
      {
        ...{ messageId: 'bench', receiptHandle: 'bench' },
        body: JSON.stringify({ kind: 'match_lane', version: 1, messageId: 'bench', lane }),
        attributes: { ApproximateReceiveCount: '1' },
      },
    ],
  }) as unknown as SQSEvent;

const context = { functionName: 'matching', awsRequestId: 'bench' } as Context;

/** Runs the function as its queue would, until nothing is left to look at. */
async function matchAll(
  handler: Handler,
  store: ReturnType<typeof dynamoLaneStore>,
  lane: Lane,
): Promise<void> {
  do await handler(message(lane), context);
  while ((await store.listWork(lane, { today: TODAY, limit: 1 })).length > 0);
}

const since = (now: Counts, before: Counts): Counts => ({
  requests: now.requests - before.requests,
  reads: now.reads - before.reads,
  writes: now.writes - before.writes,
});

const per = (count: number, items: number): string => (count / items).toFixed(2);

/**
 * What the deployed path asks of its table: items as they arrive, and the Lambda handler of the
 * matching, over the wire of the local DynamoDB. Counts for each item that is stored, so that they say
 * the same on any machine.
 */
export async function benchDeployed(print: (text: string) => void): Promise<void> {
  const dynamo = await startCountingDynamoDb();
  const queues = await startSqsServer();
  const tables = { EVENTS_TABLE: 'events', RECONCILIATION_TABLE: 'reconciliation' };
  Object.assign(process.env, tables, {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint, AWS_ENDPOINT_URL_SQS: queues.endpoint },
  });
  const sqs = new SQSClient({});
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'bench' }),
  );
  Object.assign(process.env, {
    ...{ QUEUE_URL_SETTLEMENT: queueUrl, QUEUE_URL_MATCHING: queueUrl },
    ...{ SOURCE_QUEUE_URL: queueUrl, DEAD_LETTER_QUEUE_URL: queueUrl, MAX_RECEIVE_COUNT: '8' },
    ...{ POWERTOOLS_LOG_LEVEL: 'CRITICAL', POWERTOOLS_METRICS_DISABLED: 'true' },
  });
  const client = new DynamoDBClient({});
  for (const kind of ['events', 'reconciliation'] as const) {
    await client.send(new CreateTableCommand({ TableName: kind, ...tableDefinitions[kind] }));
  }
  const { handler } = (await import('../../functions/matching/handler.ts')) as unknown as {
    handler: Handler;
  };
  print(columns(['lane', 'items', 'added w', 'added r', 'matched w', 'matched r', 'requests']));
  for (const { lane, rec } of LANES) {
    for (const trades of SIZES) {
      const store = dynamoLaneStore({ client, tableName: tables.RECONCILIATION_TABLE });
      const items = itemsOf(lane, rec, trades).map((one) => named(one, trades));
      const start = { ...dynamo.counts };
      await store.addItems(items);
      const added = { ...dynamo.counts };
      await matchAll(handler, store, lane);
      const [adding, matching] = [since(added, start), since(dynamo.counts, added)];
      print(
        columns([
          ...[lane, items.length.toString()],
          ...[adding.writes, adding.reads].map((count) => per(count, items.length)),
          ...[matching.writes, matching.reads].map((count) => per(count, items.length)),
          per(adding.requests + matching.requests, items.length),
        ]),
      );
    }
  }
  client.destroy();
  sqs.destroy();
  await queues.stop();
  await dynamo.stop();
}

/** Every size has items and keys of its own: the lane keeps what was matched before. */
function named(one: LaneItem, trades: number): LaneItem {
  const rename = (text: string): string => `${trades}-${text}`;
  const { item } = one;
  const keys = Object.entries(item.keys).map(([kind, value]) => [kind, rename(value)]);
  return {
    ...one,
    item: {
      ...{ ...item, id: rename(item.id), keys: Object.fromEntries(keys) },
      ...(item.parts === undefined ? {} : { parts: item.parts.map(rename) }),
    },
  };
}
