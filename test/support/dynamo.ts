import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';
import type { Item } from '../../src/adapters/dynamodb/record-item.ts';
import { eventually } from './eventually.ts';

export type TableDefinition = Omit<CreateTableCommandInput, 'TableName'>;

type Keys = { readonly partitionKey: string; readonly sortKey?: string };

const keySchema = ({ partitionKey, sortKey }: Keys): TableDefinition['KeySchema'] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' as const }]),
];

const define = (
  keys: Keys,
  { indexes = {}, ...more }: { indexes?: Record<string, Keys> } & Partial<TableDefinition> = {},
): TableDefinition => ({
  KeySchema: keySchema(keys),
  AttributeDefinitions: [keys, ...Object.values(indexes)]
    .flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
    .filter((name) => name !== undefined)
    .map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
  BillingMode: 'PAY_PER_REQUEST',
  ...(Object.keys(indexes).length === 0
    ? {}
    : {
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
          IndexName,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: 'ALL' as const },
        })),
      }),
  ...more,
});

const sorted: Keys = { partitionKey: 'pk', sortKey: 'sk' };

/** The tables as the CDK app defines them, which tables.contract.test.ts compares. */
export const tableDefinitions = {
  events: define(sorted, {
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  }),
  views: define(sorted, {
    indexes: { byStatus: { partitionKey: 'statusKey', sortKey: 'openedAt' } },
  }),
  vault: define({ partitionKey: 'pk' }),
  rates: define(sorted),
  quotes: define(sorted),
  access: define({ partitionKey: 'pk' }),
  reconciliation: define(sorted),
} as const satisfies Record<string, TableDefinition>;

export type TableKind = keyof typeof tableDefinitions;

/** A table, and the client that reaches it. */
export type TestTable = { readonly client: DynamoDBClient; readonly tableName: string };

export type TestDynamo = {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** A new and empty table. */
  readonly createTable: (kind: TableKind) => Promise<TestTable>;
};

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** A client of the server's own, so that a test may put its middleware on it. */
export const connect = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });

async function createTable(client: DynamoDBClient, kind: TableKind): Promise<TestTable> {
  const tableName = `${kind}-${randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinitions[kind] }));
  await eventually(async () => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (table?.TableStatus !== 'ACTIVE') throw new Error(`${tableName} is not active yet.`);
  });
  return { client, tableName };
}

/** DynamoDB for a whole file of tests, stopped after it. */
export function withDynamo(): () => TestDynamo {
  let server: DynamoDbServer | undefined;
  let client: DynamoDBClient | undefined;
  beforeAll(async () => {
    server = await startDynamoDbServer();
    client = connect(server.endpoint);
  });
  afterAll(async () => {
    client?.destroy();
    await server?.stop();
  });
  return () => {
    if (server === undefined || client === undefined) throw new Error('DynamoDB has not started.');
    const started = client;
    const { endpoint } = server;
    return { endpoint, client: started, createTable: (kind) => createTable(started, kind) };
  };
}

/** Every item of a table as it is stored. */
export async function scanItems({ client, tableName }: TestTable): Promise<readonly Item[]> {
  const { Items: items = [] } = await client.send(
    new ScanCommand({ TableName: tableName, ConsistentRead: true }),
  );
  return items;
}

export const putRaw = async ({ client, tableName }: TestTable, item: Item): Promise<void> => {
  await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
};

/** All that items hold, names and values, byte by byte. */
export const textOf = (items: readonly Item[]): string =>
  items
    .flatMap((item) => Object.entries(item))
    .flatMap(([name, { S = '', N = '', SS = [], B = [] }]) => [
      ...[name, S, N, ...SS],
      Buffer.from(B).toString('latin1'),
    ])
    .join('\n');

/** The operations that a client sends from now on, in order. */
export function recordOperations(client: DynamoDBClient): readonly string[] {
  const operations: string[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      operations.push(String(context.commandName).replace(/Command$/, ''));
      return next(args);
    },
    { step: 'initialize', name: `recordOperations-${randomUUID()}` },
  );
  return operations;
}

const attributeBytes = (value: Item[string]): number => {
  const text = value.S ?? value.N ?? '';
  return Buffer.byteLength(text) + (value.B?.byteLength ?? 0);
};

/**
 * The size that a write of this item is charged by: UTF-8 bytes of names and values. Of text and
 * binary attributes only, which is all that an event record has.
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce(
    (total, [name, value]) => total + Buffer.byteLength(name) + attributeBytes(value),
    0,
  );
