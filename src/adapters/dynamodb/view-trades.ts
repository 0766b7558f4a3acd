import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { EscrowStatus } from '../../escrow/state.ts';
import { moneyFromJson, moneyToJson } from '../../money/json.ts';
import type { TradeSummary, ViewStore } from '../../process/views.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

/** Trades by marketplace and status in the order they were opened: the index `byStatus`. */
const STATUS_INDEX = 'byStatus';

const statusKey = (marketplaceId: string, status: EscrowStatus): string =>
  `${marketplaceId}#${status}`;

const toItem = (summary: TradeSummary): Item => ({
  pk: { S: `trade#${summary.tradeId}` },
  sk: { S: 'summary' },
  statusKey: { S: statusKey(summary.marketplaceId, summary.status) },
  openedAt: { S: summary.openedAt },
  version: { N: String(summary.version) },
  tradeId: { S: summary.tradeId },
  marketplaceId: { S: summary.marketplaceId },
  status: { S: summary.status },
  ...(summary.reference === undefined ? {} : { reference: { S: summary.reference } }),
  amount: { S: JSON.stringify(moneyToJson(summary.amount)) },
  payIn: { S: JSON.stringify(moneyToJson(summary.payIn)) },
  updatedAt: { S: summary.updatedAt },
});

const fromItem = (item: Item): TradeSummary => ({
  tradeId: textOf(item, 'tradeId'),
  marketplaceId: textOf(item, 'marketplaceId'),
  status: textOf(item, 'status') as EscrowStatus,
  version: Number(textOf(item, 'version')),
  ...(item['reference']?.S === undefined ? {} : { reference: item['reference'].S }),
  amount: moneyFromJson(JSON.parse(textOf(item, 'amount'))),
  payIn: moneyFromJson(JSON.parse(textOf(item, 'payIn'))),
  openedAt: textOf(item, 'openedAt'),
  updatedAt: textOf(item, 'updatedAt'),
});

/** Trade summaries, and which of our shipments a provider's tracker follows. */
export const tradeViews = (
  table: ViewTable,
): Pick<ViewStore, 'putTrade' | 'listTrades' | 'putTracker' | 'findTracker'> => ({
  putTrade: (summary) => putUnlessNewer(table, toItem(summary), 'version'),
  listTrades: async ({ marketplaceId, status, limit }) => {
    const items = await queryAll(
      table,
      {
        IndexName: STATUS_INDEX,
        KeyConditionExpression: 'statusKey = :status',
        ExpressionAttributeValues: { ':status': { S: statusKey(marketplaceId, status) } },
        ScanIndexForward: false,
      },
      limit,
    );
    return items.map(fromItem);
  },
  putTracker: async (provider, trackerId, shipmentId) => {
    await table.client.send(
      new PutItemCommand({
        TableName: table.tableName,
        Item: {
          pk: { S: `tracker#${provider}#${trackerId}` },
          sk: { S: 'shipment' },
          shipmentId: { S: shipmentId },
        },
      }),
    );
  },
  findTracker: async (provider, trackerId) => {
    const { Item: item } = await table.client.send(
      new GetItemCommand({
        TableName: table.tableName,
        Key: { pk: { S: `tracker#${provider}#${trackerId}` }, sk: { S: 'shipment' } },
      }),
    );
    return item?.['shipmentId']?.S;
  },
});
