import {
  debtKey,
  debtsOfSeller,
  type FinanceViews,
  isDebtOpen,
  type SellerDebt,
} from '../../process/finance-views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, textOf } from './view-items.ts';
import { listByStatus } from './view-lists.ts';
import type { ViewTable } from './view-store.ts';

const listOf = (marketplaceId: string, status: 'open' | 'closed'): string =>
  `debts#${marketplaceId}#${status}`;

const toItem = (debt: SellerDebt): Item => ({
  pk: { S: `debt#${debt.debtId}` },
  sk: { S: 'summary' },
  statusKey: { S: listOf(debt.marketplaceId, isDebtOpen(debt) ? 'open' : 'closed') },
  openedAt: { S: debtKey(debt) },
  version: { N: String(debt.version) },
  currency: { S: debt.amount.currency },
  json: { S: toExactJson(debt) },
});

const fromItem = (item: Item): SellerDebt => fromExactJson(textOf(item, 'json'));

/** What sellers owe, seller by seller. */
export const debtViews = (table: ViewTable): Pick<FinanceViews, 'putDebt' | 'listDebts'> => ({
  putDebt: (debt) => putUnlessNewer(table, toItem(debt), 'version'),
  listDebts: async ({ marketplaceId, status, payoutAccountId, currency, after, limit }) => {
    const seller = payoutAccountId === undefined ? undefined : debtsOfSeller(payoutAccountId);
    const items = await listByStatus(table, {
      ...{ partition: listOf(marketplaceId, status), from: seller, until: seller, after, limit },
      filter: { currency },
    });
    return items.map(fromItem);
  },
});
