import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import {
  connect,
  createTable,
  disconnect,
  key,
  put,
  readAll,
  streams,
  tables,
} from './local-streams.support.ts';

beforeEach(() => connect());
afterEach(disconnect);

describe('the stream of a table', () => {
  it('is described with its stream, and its stream with its shard', async () => {
    const { tableName, streamArn } = await createTable('NEW_IMAGE');
    const { Table } = await tables().send(new DescribeTableCommand({ TableName: tableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      LatestStreamArn: streamArn,
      LatestStreamLabel: streamArn.split('/stream/')[1],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const { StreamDescription } = await streams().send(
      new DescribeStreamCommand({ StreamArn: streamArn }),
    );
    expect(StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_IMAGE',
      TableName: tableName,
      KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
    });
    const { Streams } = await streams().send(new ListStreamsCommand({ TableName: tableName }));
    expect(Streams?.map(({ StreamArn }) => StreamArn)).toEqual([streamArn]);
  });

  it('shows an insert, a change and a removal in order, with both images', async () => {
    const { tableName, streamArn } = await createTable();
    await put(tableName, 1);
    await put(tableName, 1, 'second');
    await tables().send(new DeleteItemCommand({ TableName: tableName, Key: key(1) }));
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
    await tables().send(new DeleteItemCommand({ TableName: tableName, Key: key(2) }));
    const refused = tables().send(
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
      tables().send(
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
    const refused = tables().send(
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
    await tables().send(
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
    await tables().send(
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
    await Promise.all(Array.from({ length: 20 }, () => tables().send(add)));
    const records = await readAll(streamArn);
    const totals = records.map(({ dynamodb }) => Number(dynamodb?.NewImage?.['amount']?.N));
    const sequence = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect(totals).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(sequence).toEqual([...new Set(sequence)].sort());
  });
});
