import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: DynamoDbServer;
let clients: { readonly tables: DynamoDBClient; readonly streams: DynamoDBStreamsClient };
let count = 0;

/** A server of its own for a test, and clients of it. */
export const connect = async (options?: Parameters<typeof startDynamoDbServer>[0]) => {
  server = await startDynamoDbServer(options);
  const config = { endpoint: server.endpoint, region: 'us-east-1', credentials };
  clients = { tables: new DynamoDBClient(config), streams: new DynamoDBStreamsClient(config) };
};

export const disconnect = async () => {
  tables().destroy();
  streams().destroy();
  await server.stop();
};

/** Whose records with a stream the server tells of. */
export const onRecord = (listener: (streamArn: string) => void): void => {
  server.onRecord(listener);
};

/** To tables, and to their streams, of the server that a test began with. */
export const tables = (): DynamoDBClient => clients.tables;
export const streams = (): DynamoDBStreamsClient => clients.streams;

/** A table is created a moment after it was asked for. */
export const untilActive = (TableName: string) =>
  waitUntilTableExists({ client: tables(), maxWaitTime: 10, minDelay: 1 }, { TableName });

export const createTable = async (viewType: StreamViewType = 'NEW_AND_OLD_IMAGES') => {
  count += 1;
  const { TableDescription } = await tables().send(
    new CreateTableCommand({
      TableName: `table-${count}`,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    }),
  );
  const tableName = TableDescription?.TableName ?? '';
  await untilActive(tableName);
  return {
    tableName,
    streamArn: TableDescription?.LatestStreamArn ?? '',
  };
};

export const key = (sk: number, pk = 'a') => ({ pk: { S: pk }, sk: { N: String(sk) } });

export const put = (TableName: string, sk: number, value = 'first') =>
  tables().send(new PutItemCommand({ TableName, Item: { ...key(sk), value: { S: value } } }));

export const shardIds = async (StreamArn: string) => {
  const { StreamDescription } = await streams().send(new DescribeStreamCommand({ StreamArn }));
  return (StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId ?? '');
};

export const openIterator = async (
  StreamArn: string,
  ShardIteratorType: ShardIteratorType,
  SequenceNumber?: string,
) => {
  const [ShardId] = await shardIds(StreamArn);
  const start = { StreamArn, ShardId, ShardIteratorType, SequenceNumber };
  const { ShardIterator } = await streams().send(new GetShardIteratorCommand(start));
  return ShardIterator;
};

export const read = async (ShardIterator: string | undefined, Limit?: number) => {
  const answer = await streams().send(new GetRecordsCommand({ ShardIterator, Limit }));
  return { records: answer.Records ?? [], next: answer.NextShardIterator };
};

export const readAll = async (streamArn: string) => {
  const { records } = await read(await openIterator(streamArn, 'TRIM_HORIZON'));
  return records;
};
