import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type BreakStatus,
  type BreakSummary,
  breakKey,
  type ViewStore,
} from '../../process/views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, textOf } from './view-items.ts';
import { listByStatus } from './view-lists.ts';
import type { ViewTable } from './view-store.ts';

const statusKey = (status: BreakStatus): string => `breaks#${status}`;
const keyOf = (breakId: string) => ({ pk: { S: `break#${breakId}` }, sk: { S: 'summary' } });

const toItem = (summary: BreakSummary): Item => ({
  ...keyOf(summary.breakId),
  statusKey: { S: statusKey(summary.status) },
  openedAt: { S: breakKey(summary) },
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
  listBreaks: async ({ status, after, limit }) => {
    const items = await listByStatus(table, { partition: statusKey(status), after, limit });
    return items.map(fromItem);
  },
});
