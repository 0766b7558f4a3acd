import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { CodedError } from '../../platform/errors.ts';
import type { Item } from './record-item.ts';
import type { ViewTable } from './view-store.ts';

const BATCH_LIMIT = 25;
const MAX_BATCH_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 25;

/** Puts an item unless a newer one, by the number in `attribute`, is already there. */
export async function putUnlessNewer(
  { client, tableName }: ViewTable,
  item: Item,
  attribute: string,
): Promise<void> {
  const value = item[attribute];
  if (value === undefined) throw new TypeError(`The item has no ${attribute}.`);
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk) OR #order <= :order',
        ExpressionAttributeNames: { '#order': attribute },
        ExpressionAttributeValues: { ':order': value },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/**
 * Writes or deletes any number of items, each once: a batch with the same key twice is refused as a
 * whole, and of what is given twice the last counts. What the table leaves unprocessed is sent
 * again, after a pause that doubles, because it was left for want of capacity.
 *
 * @throws CodedError `views.unprocessed_items` (retryable) if the table keeps leaving items.
 */
export async function writeAll(table: ViewTable, requests: readonly WriteRequest[]): Promise<void> {
  const distinct = [...new Map(requests.map((request) => [keyOf(request), request])).values()];
  for (let start = 0; start < distinct.length; start += BATCH_LIMIT) {
    await writeBatch(table, distinct.slice(start, start + BATCH_LIMIT));
  }
}

const keyOf = ({ PutRequest: put, DeleteRequest: deletion }: WriteRequest): string => {
  const { pk, sk } = put?.Item ?? deletion?.Key ?? {};
  return JSON.stringify([pk?.S, sk?.S]);
};

async function writeBatch(
  { client, tableName }: ViewTable,
  requests: readonly WriteRequest[],
): Promise<void> {
  let pending = requests;
  for (let attempt = 1; attempt <= MAX_BATCH_ATTEMPTS; attempt += 1) {
    const answer = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: [...pending] } }),
    );
    pending = answer.UnprocessedItems?.[tableName] ?? [];
    if (pending.length === 0) return;
    if (attempt < MAX_BATCH_ATTEMPTS) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
  throw new CodedError({
    code: 'views.unprocessed_items',
    message: `${pending.length} items were left unprocessed.`,
    retryable: true,
  });
}

/** All items of a query, or the first `limit` of them. What is filtered is read by whole pages. */
export async function queryAll(
  { client, tableName }: ViewTable,
  input: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const isLimited = Number.isFinite(limit) && input.FilterExpression === undefined;
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        ...input,
        TableName: tableName,
        ...(isLimited ? { Limit: limit - items.length } : {}),
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      }),
    );
    items.push(...(page.Items ?? []));
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined && items.length < limit);
  return items.slice(0, limit);
}

/** The text of an attribute, which is there by construction. */
export function textOf(item: Item, attribute: string): string {
  const text = item[attribute]?.S ?? item[attribute]?.N;
  if (text === undefined) throw new TypeError(`A view item has no ${attribute}.`);
  return text;
}
