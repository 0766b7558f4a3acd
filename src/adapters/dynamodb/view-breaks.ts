import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { BreakStatus, BreakSummary, ViewStore } from '../../process/views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

/** Breaks by status in the order of their age, in the index that trades are listed by too. */
const STATUS_INDEX = 'byStatus';

const statusKey = (status: BreakStatus): string => `breaks#${status}`;
const keyOf = (breakId: string) => ({ pk: { S: `break#${breakId}` }, sk: { S: 'summary' } });

const toItem = (summary: BreakSummary): Item => ({
  ...keyOf(summary.breakId),
  statusKey: { S: statusKey(summary.status) },
  openedAt: { S: `${summary.since}#${summary.breakId}` },
  version: { N: String(summary.version) },
  json: { S: toExactJson(summary) },
});

const fromItem = (item: Item): BreakSummary => fromExactJson(textOf(item, 'json'));

/** Breaks, each under its id and listed by status. */
export const breakViews = (
  table: ViewTable,
): Pick<ViewStore, 'putBreak' | 'findBreak' | 'listBreaks'> => ({
  putBreak: (summary) => putUnlessNewer(table, toItem(summary), 'version'),
  findBreak: async (breakId) => {
    const { Item: item } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: keyOf(breakId) }),
    );
    return item === undefined ? undefined : fromItem(item);
  },
  listBreaks: async ({ status, limit }) => {
    const items = await queryAll(
      table,
      {
        IndexName: STATUS_INDEX,
        KeyConditionExpression: 'statusKey = :status',
        ExpressionAttributeValues: { ':status': { S: statusKey(status) } },
      },
      limit,
    );
    return items.map(fromItem);
  },
});
