import { type Case, caseKey, type FinanceViews } from '../../process/finance-views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, textOf } from './view-items.ts';
import { listByStatus } from './view-lists.ts';
import type { ViewTable } from './view-store.ts';

const statusKey = ({ marketplaceId, status }: Pick<Case, 'marketplaceId' | 'status'>): string =>
  `cases#${marketplaceId}#${status}`;

/** A limit that is over is nothing that anybody looks back at: it stands in no list. */
const listOf = (one: Case): Item =>
  one.kind === 'hold' && one.status === 'closed'
    ? {}
    : { statusKey: { S: statusKey(one) }, openedAt: { S: caseKey(one) } };

const toItem = (one: Case): Item => ({
  pk: { S: `case#${one.caseId}` },
  sk: { S: 'summary' },
  ...listOf(one),
  kind: { S: one.kind },
  version: { N: String(one.version) },
  json: { S: toExactJson(one) },
});

const fromItem = (item: Item): Case => fromExactJson(textOf(item, 'json'));

/** Disputes, chargebacks and limits, by what is due first. */
export const caseViews = (table: ViewTable): Pick<FinanceViews, 'putCase' | 'listCases'> => ({
  putCase: (one) => putUnlessNewer(table, toItem(one), 'version'),
  listCases: async ({ kind, until, after, limit, ...list }) => {
    const items = await listByStatus(table, {
      ...{ partition: statusKey(list), until, after, limit },
      isDescending: list.status === 'closed',
      filter: { kind },
    });
    return items.map(fromItem);
  },
});
