import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { CurrencyCode } from '../../money/currency.ts';
import type {
  KnownSettlement,
  SettlementCurrencies,
} from '../../process/note-settlement-currency.ts';
import type { Item } from './record-item.ts';
import { textOf } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const keyOf = (charged: CurrencyCode): Item => ({
  pk: { S: `settlement-currency#${charged}` },
  sk: { S: 'known' },
});

/**
 * What charges settle in: one item of the views table for each charged currency, written when it
 * changes. `write` names the write: the client sends one again whose answer was lost, is told then that
 * the condition does not hold, and finds by it that it was this very write.
 */
export function dynamoSettlementCurrencies({ client, tableName }: ViewTable): SettlementCurrencies {
  const read = async (charged: CurrencyCode): Promise<Item | undefined> => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: keyOf(charged), ConsistentRead: true }),
    );
    return item;
  };
  return {
    find: async (charged) => {
      const item = await read(charged);
      return item === undefined ? undefined : fromItem(item);
    },
    replace: async (charged, { known, next }) => {
      const write = randomUUID();
      const item = { ...keyOf(charged), ...toAttributes(next), write: { S: write } };
      try {
        await client.send(
          new PutItemCommand({ TableName: tableName, Item: item, ...unchangedSince(known) }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return (await read(charged))?.['write']?.S === write;
      }
    },
  };
}

const toAttributes = ({ settled, capturedAt }: KnownSettlement): Item => ({
  settled: { S: settled },
  capturedAt: { S: capturedAt },
});

const fromItem = (item: Item): KnownSettlement => ({
  settled: textOf(item, 'settled') as CurrencyCode,
  capturedAt: textOf(item, 'capturedAt'),
});

const unchangedSince = (known: KnownSettlement | undefined): Partial<PutItemCommandInput> =>
  known === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'settled = :settled AND capturedAt = :capturedAt',
        ExpressionAttributeValues: {
          ':settled': { S: known.settled },
          ':capturedAt': { S: known.capturedAt },
        },
      };
