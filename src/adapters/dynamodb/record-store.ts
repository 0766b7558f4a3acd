import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { TradelaneEvent } from '../../../events/index.ts';
import type { RecordStore } from '../../ledger/journaled-store.ts';
import type { EventRecord } from '../../platform/event-store.ts';
import { fromItem, type Item, toItem } from './record-item.ts';

/**
 * Streams of records in the events table. One decision is one `PutItem` on a sequence that must be
 * free. A stream holds its own aggregate's events only, which is what `E` says.
 */
export const dynamoRecordStore = <E extends TradelaneEvent>(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): RecordStore<E> => ({
  load: async (streamId) => {
    const records: readonly unknown[] = (await queryStream(options, streamId)).map(fromItem);
    return records as readonly EventRecord<E>[];
  },
  append: (record) => putRecord(options, toItem(record)),
});

async function queryStream(
  { client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string },
  streamId: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :stream',
        ExpressionAttributeValues: { ':stream': { S: streamId } },
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      }),
    );
    items.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
  return items;
}

async function putRecord(
  { client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string },
  item: Item,
): Promise<'appended' | 'conflict'> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return 'appended';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}
