import { type Case, type CaseQuery, caseKey, type FinanceViews } from './finance-views.ts';

const DAY_MS = 86_400_000;

/** The answer of `GET /v1/cases`: a page of what is due first, and where the next one begins. */
export async function casePage(
  views: Pick<FinanceViews, 'listCases'>,
  query: CaseQuery,
  now: Date,
) {
  const { limit } = query;
  const found = await views.listCases({ ...query, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map((one) => presentCase(one, now)),
    next: last === undefined ? null : caseKey(last),
  };
}

/** A case with the whole days that are left; below zero where its time is over. */
function presentCase({ version: _, marketplaceId: __, caseId, ...one }: Case, now: Date) {
  const { deadline } = one;
  if (deadline === null) return { id: caseId, ...one, deadline };
  const daysLeft = Math.floor((Date.parse(deadline.dueAt) - now.getTime()) / DAY_MS);
  return { id: caseId, ...one, deadline: { ...deadline, daysLeft } };
}
