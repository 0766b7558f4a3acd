import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { type DynamoDbServer, startDynamoDbServer } from '../../local/aws/dynamodb-server.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let server: DynamoDbServer;
let tables: DynamoDBClient;
let streams: DynamoDBStreamsClient;
let count = 0;

const connect = async (options?: Parameters<typeof startDynamoDbServer>[0]) => {
  server = await startDynamoDbServer(options);
  const config = { endpoint: server.endpoint, region: 'us-east-1', credentials };
  tables = new DynamoDBClient(config);
  streams = new DynamoDBStreamsClient(config);
};

const disconnect = async () => {
  tables.destroy();
  streams.destroy();
  await server.stop();
};

beforeEach(() => connect());
afterEach(disconnect);

/** A table is created a moment after it was asked for. */
const untilActive = (TableName: string) =>
  waitUntilTableExists({ client: tables, maxWaitTime: 10, minDelay: 1 }, { TableName });

const createTable = async (viewType: StreamViewType = 'NEW_AND_OLD_IMAGES') => {
  count += 1;
  const { TableDescription } = await tables.send(
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

const key = (sk: number, pk = 'a') => ({ pk: { S: pk }, sk: { N: String(sk) } });

const put = (TableName: string, sk: number, value = 'first') =>
  tables.send(new PutItemCommand({ TableName, Item: { ...key(sk), value: { S: value } } }));

const shardIds = async (StreamArn: string) => {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  return (StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId ?? '');
};

const openIterator = async (
  StreamArn: string,
  ShardIteratorType: ShardIteratorType,
  SequenceNumber?: string,
) => {
  const [ShardId] = await shardIds(StreamArn);
  const start = { StreamArn, ShardId, ShardIteratorType, SequenceNumber };
  const { ShardIterator } = await streams.send(new GetShardIteratorCommand(start));
  return ShardIterator;
};

const read = async (ShardIterator: string | undefined, Limit?: number) => {
  const answer = await streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
  return { records: answer.Records ?? [], next: answer.NextShardIterator };
};

const readAll = async (streamArn: string) => {
  const { records } = await read(await openIterator(streamArn, 'TRIM_HORIZON'));
  return records;
};

describe('the stream of a table', () => {
  it('is described with its stream, and its stream with its shard', async () => {
    const { tableName, streamArn } = await createTable('NEW_IMAGE');
    const { Table } = await tables.send(new DescribeTableCommand({ TableName: tableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      LatestStreamArn: streamArn,
      LatestStreamLabel: streamArn.split('/stream/')[1],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: streamArn }),
    );
    expect(StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_IMAGE',
      TableName: tableName,
      KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
    });
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: tableName }));
    expect(Streams?.map(({ StreamArn }) => StreamArn)).toEqual([streamArn]);
  });

  it('shows an insert, a change and a removal in order, with both images', async () => {
    const { tableName, streamArn } = await createTable();
    await put(tableName, 1);
    await put(tableName, 1, 'second');
    await tables.send(new DeleteItemCommand({ TableName: tableName, Key: key(1) }));
    const records = await readAll(streamArn);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records.map(({ dynamodb }) => dynamodb?.NewImage?.['value']?.S)).toEqual([
      'first',
      'second',
      undefined,
    ]);
    expect(records.map(({ dynamodb }) => dynamodb?.OldImage?.['value']?.S)).toEqual([
      undefined,
      'first',
      'second',
    ]);
    expect(records[0]?.dynamodb?.Keys).toEqual(key(1));
    expect(records[0]?.dynamodb?.ApproximateCreationDateTime).toBeInstanceOf(Date);
  });

  it.each([
    ['KEYS_ONLY', false, false],
    ['NEW_IMAGE', true, false],
    ['OLD_IMAGE', false, true],
    ['NEW_AND_OLD_IMAGES', true, true],
  ] as const)('with %s shows the images that were asked for', async (viewType, hasNew, hasOld) => {
    const { tableName, streamArn } = await createTable(viewType);
    await put(tableName, 1);
    await put(tableName, 1, 'second');
    const [, { dynamodb } = {}] = await readAll(streamArn);
    expect(dynamodb?.StreamViewType).toBe(viewType);
    expect(dynamodb?.NewImage !== undefined).toBe(hasNew);
    expect(dynamodb?.OldImage !== undefined).toBe(hasOld);
  });
});

describe('a write to a table with a stream', () => {
  it('leaves no record when it changed nothing or was refused', async () => {
    const { tableName, streamArn } = await createTable();
    await put(tableName, 1);
    await put(tableName, 1);
    await tables.send(new DeleteItemCommand({ TableName: tableName, Key: key(2) }));
    const refused = tables.send(
      new PutItemCommand({
        TableName: tableName,
        Item: key(1),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    await expect(refused).rejects.toThrow('The conditional request failed');
    expect(await readAll(streamArn)).toHaveLength(1);
  });

  it('is shown whole when it is an update, and answers the caller with what it asked for', async () => {
    const { tableName, streamArn } = await createTable();
    const update = (value: string, ReturnValues?: 'UPDATED_NEW' | 'ALL_OLD') =>
      tables.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: key(1),
          UpdateExpression: 'SET changed = :value',
          ExpressionAttributeValues: { ':value': { S: value } },
          ReturnValues,
        }),
      );
    expect((await update('one')).Attributes).toBeUndefined();
    expect((await update('two', 'UPDATED_NEW')).Attributes).toEqual({ changed: { S: 'two' } });
    expect((await update('three', 'ALL_OLD')).Attributes).toEqual({
      ...key(1),
      changed: { S: 'two' },
    });
    const records = await readAll(streamArn);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'MODIFY']);
    expect(records[2]?.dynamodb?.NewImage).toEqual({ ...key(1), changed: { S: 'three' } });
    expect(records[2]?.dynamodb?.OldImage).toEqual({ ...key(1), changed: { S: 'two' } });
  });

  it('gives the item of a failed condition to who asks for it', async () => {
    const { tableName } = await createTable();
    await put(tableName, 1);
    const refused = tables.send(
      new PutItemCommand({
        TableName: tableName,
        Item: key(1),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(refused).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { ...key(1), value: { S: 'first' } },
    });
  });
});

describe('the records of several writes', () => {
  it('show the puts and deletes of a batch', async () => {
    const { tableName, streamArn } = await createTable();
    await put(tableName, 1);
    await tables.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [tableName]: [{ PutRequest: { Item: key(2) } }, { DeleteRequest: { Key: key(1) } }],
        },
      }),
    );
    const records = await readAll(streamArn);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'REMOVE']);
  });

  it('show numbers as they are stored', async () => {
    const { tableName, streamArn } = await createTable();
    await tables.send(
      new PutItemCommand({ TableName: tableName, Item: { ...key(1), rate: { N: '1.50' } } }),
    );
    const [record] = await readAll(streamArn);
    expect(record?.dynamodb?.NewImage?.['rate']).toEqual({ N: '1.5' });
  });

  it('are numbered in the order in which the writes to an item were committed', async () => {
    const { tableName, streamArn } = await createTable();
    const add = new UpdateItemCommand({
      TableName: tableName,
      Key: key(1),
      UpdateExpression: 'ADD amount :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await Promise.all(Array.from({ length: 20 }, () => tables.send(add)));
    const records = await readAll(streamArn);
    const totals = records.map(({ dynamodb }) => Number(dynamodb?.NewImage?.['amount']?.N));
    const sequence = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect(totals).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(sequence).toEqual([...new Set(sequence)].sort());
  });
});

describe('a shard', () => {
  it('is read page by page, and further when more was written', async () => {
    const { tableName, streamArn } = await createTable();
    for (const sk of [1, 2, 3]) await put(tableName, sk);
    const sortKeys = (records: Awaited<ReturnType<typeof read>>['records']) =>
      records.map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.N);
    const first = await read(await openIterator(streamArn, 'TRIM_HORIZON'), 2);
    const second = await read(first.next, 2);
    const third = await read(second.next);
    await put(tableName, 4);
    const fourth = await read(third.next);
    expect([first, second, third, fourth].map(({ records }) => sortKeys(records))).toEqual([
      ['1', '2'],
      ['3'],
      [],
      ['4'],
    ]);
  });

  it('is read from its end, from a record on, or after one', async () => {
    const { tableName, streamArn } = await createTable();
    for (const sk of [1, 2, 3]) await put(tableName, sk);
    const latest = await openIterator(streamArn, 'LATEST');
    await put(tableName, 4);
    const second = (await readAll(streamArn))[1]?.dynamodb?.SequenceNumber;
    const at = await openIterator(streamArn, 'AT_SEQUENCE_NUMBER', second);
    const after = await openIterator(streamArn, 'AFTER_SEQUENCE_NUMBER', second);
    const counts = await Promise.all(
      [latest, at, after].map(async (iterator) => (await read(iterator)).records.length),
    );
    expect(counts).toEqual([1, 3, 2]);
  });

  it('ends when its table is deleted', async () => {
    const { tableName, streamArn } = await createTable();
    await put(tableName, 1);
    await tables.send(new DeleteTableCommand({ TableName: tableName }));
    const { records, next } = await read(await openIterator(streamArn, 'TRIM_HORIZON'));
    expect(records).toHaveLength(1);
    expect(next).toBeUndefined();
  });
});

describe('a shard of several', () => {
  it('holds its items alone, by partition key', async () => {
    await disconnect();
    await connect({ shardCount: 4 });
    const { tableName, streamArn } = await createTable();
    for (let pk = 0; pk < 24; pk += 1) {
      const Item = { ...key(1, `key-${pk % 12}`), turn: { N: String(pk) } };
      await tables.send(new PutItemCommand({ TableName: tableName, Item }));
    }
    const shards = await Promise.all(
      (await shardIds(streamArn)).map(async (ShardId) => {
        const start = { StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
        const { ShardIterator } = await streams.send(new GetShardIteratorCommand(start));
        const { records } = await read(ShardIterator);
        return new Set(records.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S));
      }),
    );
    expect(shards).toHaveLength(4);
    expect(shards.reduce((sum, { size }) => sum + size, 0)).toBe(12);
  });
});

describe('a shard that has been trimmed', () => {
  it('refuses to be read before what it still keeps', async () => {
    await disconnect();
    await connect({ retainedRecords: 2 });
    const { tableName, streamArn } = await createTable();
    const horizon = await openIterator(streamArn, 'TRIM_HORIZON');
    for (const sk of [1, 2, 3, 4]) await put(tableName, sk);
    await expect(read(horizon)).rejects.toThrow(
      expect.objectContaining({ name: 'TrimmedDataAccessException' }),
    );
    expect(await readAll(streamArn)).toHaveLength(2);
  });
});

describe('a stream that is not there', () => {
  it('is refused as AWS refuses it', async () => {
    const unknown = streams.send(
      new DescribeStreamCommand({
        StreamArn: `arn:aws:dynamodb:us-east-1:1:table/x/stream/none-yet`,
      }),
    );
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('does not stop a table without one from being written', async () => {
    const heard: string[] = [];
    server.onRecord((arn) => heard.push(arn));
    await tables.send(
      new CreateTableCommand({
        TableName: 'plain',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    await untilActive('plain');
    await tables.send(new PutItemCommand({ TableName: 'plain', Item: { pk: { S: 'a' } } }));
    expect(heard).toEqual([]);
  });
});
