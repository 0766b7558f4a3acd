import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { OfferedQuote } from '../../../events/fx/offered-quote.v1.ts';
import type { QuoteStore, StoredQuote } from '../../fx/ports.ts';
import { CodedError } from '../../platform/errors.ts';
import { toJson } from '../../platform/json.ts';
import type { Item } from './record-item.ts';

const QUOTE = 'quote';
/** Sorts after the quote itself, so that one query reads both. */
const USE = 'use';

/** @throws CodedError `fx.unreadable_quote`, not retryable, for what is not a quote. */
function toStored(quoteId: string, items: readonly Item[]): StoredQuote | undefined {
  const itemOf = (sk: string) => items.find((item) => item['sk']?.S === sk);
  const quote = itemOf(QUOTE);
  if (quote === undefined) return undefined;
  try {
    return {
      quote: OfferedQuote.parse(JSON.parse(quote['quote']?.S ?? '')),
      usedByTradeId: itemOf(USE)?.['tradeId']?.S ?? null,
    };
  } catch (error) {
    throw new CodedError({
      code: 'fx.unreadable_quote',
      message: `The stored quote ${quoteId} is not one that this code knows.`,
      retryable: false,
      fields: { quoteId },
      cause: error,
    });
  }
}

const MILLISECONDS_PER_SECOND = 1_000;

/**
 * Quotes given before checkout: one item for the quote, written once, and one for its use, written
 * once, by the trade that came first. Neither is ever changed. The table forgets a quote
 * `retentionSeconds` after it has expired (`forgetAt`, in seconds of Unix time); its use stays, so that
 * no second trade can have it, and the trade's own event has all that was agreed.
 */
export function dynamoQuoteStore({
  client,
  tableName,
  retentionSeconds,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly retentionSeconds: number;
}): QuoteStore {
  const forgetAtOf = ({ expiresAt }: OfferedQuote) => {
    const expiredAt = Math.ceil(Date.parse(expiresAt) / MILLISECONDS_PER_SECOND);
    return { N: String(expiredAt + retentionSeconds) };
  };
  const keyOf = (quoteId: string) => ({ S: `quote#${quoteId}` });
  const read = async (quoteId: string): Promise<readonly Item[]> => {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :quote',
        ExpressionAttributeValues: { ':quote': keyOf(quoteId) },
        ConsistentRead: true,
      }),
    );
    return items;
  };
  const putOnce = async (item: Item): Promise<boolean> => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  return {
    get: async (quoteId) => toStored(quoteId, await read(quoteId)),
    putIfAbsent: (quote) =>
      putOnce({
        ...{ pk: keyOf(quote.id), sk: { S: QUOTE }, quote: { S: toJson(quote) } },
        forgetAt: forgetAtOf(quote),
      }),
    claim: async (quoteId, tradeId) => {
      const use = { pk: keyOf(quoteId), sk: { S: USE }, tradeId: { S: tradeId } };
      if (await putOnce(use)) return tradeId;
      const found = (await read(quoteId)).find((item) => item['sk']?.S === USE);
      return found?.['tradeId']?.S ?? '';
    },
  };
}
