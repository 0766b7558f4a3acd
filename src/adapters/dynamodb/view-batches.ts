import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ViewStore } from '../../process/views.ts';
import { batchPrefix } from '../../settlement/batch.ts';
import { queryAll, textOf } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const batchesKey = (marketplaceId: string): string => `batches#${marketplaceId}`;

const paymentKey = (endToEndId: string) => ({
  pk: { S: `payment#${endToEndId}` },
  sk: { S: 'payout' },
});

/** Batches for the bank by marketplace, and which payout a payment is of. */
export const batchViews = (
  table: ViewTable,
): Pick<ViewStore, 'putBatch' | 'listBatches' | 'putPayment' | 'findPayment'> => ({
  putBatch: async ({ marketplaceId, batchId }) => {
    const item = { pk: { S: batchesKey(marketplaceId) }, sk: { S: batchId } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item: item }));
  },
  listBatches: async ({ marketplaceId, month, limit }) => {
    const items = await queryAll(
      table,
      {
        KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':partition': { S: batchesKey(marketplaceId) },
          ':prefix': { S: batchPrefix(month) },
        },
        ScanIndexForward: false,
      },
      limit,
    );
    return items.map((item) => textOf(item, 'sk'));
  },
  putPayment: async (endToEndId, payoutId) => {
    const item = { ...paymentKey(endToEndId), payoutId: { S: payoutId } };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item: item }));
  },
  findPayment: async (endToEndId) => {
    const { Item: item } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: paymentKey(endToEndId) }),
    );
    return item?.['payoutId']?.S;
  },
});
