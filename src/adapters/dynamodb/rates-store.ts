import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { RatesStore } from '../../fx/ports.ts';
import { RateDay } from '../../fx/rate-day.ts';
import { CodedError } from '../../platform/errors.ts';
import type { Item } from './record-item.ts';

const PARTITION = 'rates#ECB';

/** @throws CodedError `fx.unreadable_rates`, not retryable, for what is not a day of rates. */
function toDay(item: Item | undefined): RateDay | undefined {
  if (item === undefined) return undefined;
  try {
    return RateDay.parse(JSON.parse(item['day']?.S ?? ''));
  } catch (error) {
    throw new CodedError({
      code: 'fx.unreadable_rates',
      message: `The stored rates of ${item['sk']?.S} are not a day of rates that this code knows.`,
      retryable: false,
      fields: { rateDate: item['sk']?.S ?? '' },
      cause: error,
    });
  }
}

/** Days of reference rates, each under its own date, never overwritten. */
export const dynamoRatesStore = ({
  client,
  tableName,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): RatesStore => ({
  latest: async () => {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :partition',
        ExpressionAttributeValues: { ':partition': { S: PARTITION } },
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return toDay(page.Items?.[0]);
  },
  get: async (rateDate) => {
    const found = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: { pk: { S: PARTITION }, sk: { S: rateDate } },
      }),
    );
    return toDay(found.Item);
  },
  putIfAbsent: async (day) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { pk: { S: PARTITION }, sk: { S: day.rateDate }, day: { S: JSON.stringify(day) } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },
});
