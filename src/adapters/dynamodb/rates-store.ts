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

/** A correction sorts after its day and before the next: `2026-06-30`, `2026-06-30#2`, `2026-07-01`. */
const sortKeyOf = ({ rateDate, version }: RateDay): string =>
  version === undefined ? rateDate : `${rateDate}#${version}`;

/**
 * Days of one source's rates, each under its own date with the file it was published in, never
 * overwritten.
 */
export const dynamoRatesStore = ({
  client,
  tableName,
  source = 'ECB',
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly source?: RateDay['source'];
}): RatesStore => {
  const partition = `rates#${source}`;
  return {
    latest: async () => {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :partition',
          ExpressionAttributeValues: { ':partition': { S: partition } },
          ProjectionExpression: 'sk, #day',
          ExpressionAttributeNames: { '#day': 'day' },
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
          Key: { pk: { S: partition }, sk: { S: rateDate } },
        }),
      );
      return toDay(found.Item);
    },
    putIfAbsent: async (day, file) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: {
              pk: { S: partition },
              sk: { S: sortKeyOf(day) },
              day: { S: JSON.stringify(day) },
              ...(file === undefined ? {} : { file: { S: file } }),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};
