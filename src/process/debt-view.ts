import { type DebtQuery, debtKey, type FinanceViews, type SellerDebt } from './finance-views.ts';

/** The answer of `GET /v1/debts`: a page, seller by seller, and where the next one begins. */
export async function debtPage(views: Pick<FinanceViews, 'listDebts'>, query: DebtQuery) {
  const { limit } = query;
  const found = await views.listDebts({ ...query, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { data: page.map(presentDebt), next: last === undefined ? null : debtKey(last) };
}

const presentDebt = ({ version: _, marketplaceId: __, debtId, ...debt }: SellerDebt) => ({
  id: debtId,
  ...debt,
});
