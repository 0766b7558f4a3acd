import { CreateTableCommand, DeleteTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import {
  connect,
  createTable,
  disconnect,
  key,
  onRecord,
  openIterator,
  put,
  read,
  readAll,
  shardIds,
  streams,
  tables,
  untilActive,
} from './local-streams.support.ts';

beforeEach(() => connect());
afterEach(disconnect);

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
    await tables().send(new DeleteTableCommand({ TableName: tableName }));
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
      await tables().send(new PutItemCommand({ TableName: tableName, Item }));
    }
    const shards = await Promise.all(
      (await shardIds(streamArn)).map(async (ShardId) => {
        const start = { StreamArn: streamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
        const { ShardIterator } = await streams().send(new GetShardIteratorCommand(start));
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
    const unknown = streams().send(
      new DescribeStreamCommand({
        StreamArn: `arn:aws:dynamodb:us-east-1:1:table/x/stream/none-yet`,
      }),
    );
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('does not stop a table without one from being written', async () => {
    const heard: string[] = [];
    onRecord((arn) => heard.push(arn));
    await tables().send(
      new CreateTableCommand({
        TableName: 'plain',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    await untilActive('plain');
    await tables().send(new PutItemCommand({ TableName: 'plain', Item: { pk: { S: 'a' } } }));
    expect(heard).toEqual([]);
  });
});
