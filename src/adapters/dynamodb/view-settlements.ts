import { type FinanceViews, type Settlement, settlementKey } from '../../process/finance-views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf } from './view-items.ts';
import { filterBy, listByStatus } from './view-lists.ts';
import type { ViewTable } from './view-store.ts';

type Seller = Pick<Settlement, 'marketplaceId' | 'payoutAccountId'>;

const sellerKey = ({ marketplaceId, payoutAccountId }: Seller): string =>
  `settlements#${marketplaceId}#${payoutAccountId}`;
const stateKey = ({ marketplaceId, state }: Pick<Settlement, 'marketplaceId' | 'state'>): string =>
  `settlements#${marketplaceId}#${state}`;

const toItem = (settlement: Settlement): Item => ({
  pk: { S: sellerKey(settlement) },
  sk: { S: settlement.payoutId },
  statusKey: { S: stateKey(settlement) },
  openedAt: { S: settlementKey(settlement) },
  version: { N: String(settlement.version) },
  state: { S: settlement.state },
  currency: { S: settlement.amount.currency },
  json: { S: toExactJson(settlement) },
});

const fromItem = (item: Item): Settlement => fromExactJson(textOf(item, 'json'));

/** The pay of milestones, by state and by seller. */
export const settlementViews = (
  table: ViewTable,
): Pick<FinanceViews, 'putSettlement' | 'listSettlements' | 'listSellerSettlements'> => ({
  putSettlement: (settlement) => putUnlessNewer(table, toItem(settlement), 'version'),
  listSettlements: async (query) => {
    const { from, until, after, order, limit, currency } = query;
    const items = await listByStatus(table, {
      ...{ partition: stateKey(query), from, until, after, limit },
      isDescending: order === 'latest',
      filter: { currency },
    });
    return items.map(fromItem);
  },
  listSellerSettlements: async ({ after = ' ', limit, currency, state, ...seller }) => {
    const { values, ...filter } = filterBy({ currency, state });
    const items = await queryAll(
      table,
      {
        KeyConditionExpression: 'pk = :seller AND sk > :after',
        ...filter,
        ExpressionAttributeValues: {
          ...{ ':seller': { S: sellerKey(seller) }, ':after': { S: after } },
          ...values,
        },
      },
      limit,
    );
    return items.map(fromItem);
  },
});
