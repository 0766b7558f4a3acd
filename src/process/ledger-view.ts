import { type AccountBalance, isBalanced } from '../ledger/balances.ts';
import { accountCodes, CHART } from '../ledger/chart.ts';
import { safeguardingOf } from '../ledger/safeguarding.ts';
import { type PostingsQuery, postingKey, type ViewStore } from './views.ts';

/** The answer of `GET /v1/ledger/accounts`. */
export const presentAccounts = () => ({
  accounts: accountCodes.map((code) => ({ code, ...CHART[code] })),
});

/**
 * The answer of `GET /v1/ledger/entries`: a page of an account's postings of a day, where the next one
 * begins, and the sums of the whole day, as the trial balance has them.
 */
export async function entriesPage(
  views: Pick<ViewStore, 'listPostings' | 'listSlices'>,
  { after, limit, ...query }: PostingsQuery & { readonly limit: number },
) {
  const [found, slices] = await Promise.all([
    views.listPostings({ ...query, after, limit: limit + 1 }),
    views.listSlices(query.day, query),
  ]);
  const entries = found.slice(0, limit);
  const last = found.length > limit ? entries.at(-1) : undefined;
  const total = (side: 'debitMinor' | 'creditMinor'): bigint =>
    slices.reduce((sum, slice) => sum + slice[side], 0n);
  return {
    ...{ ...query, debitMinor: total('debitMinor'), creditMinor: total('creditMinor'), entries },
    next: last === undefined ? null : postingKey(last),
  };
}

/** The answer of `GET /v1/ledger/trial-balance`: accounts with their balance, debits positive. */
export const presentTrialBalance = (asOf: string, balances: readonly AccountBalance[]) => ({
  asOf,
  balanced: isBalanced(balances),
  accounts: balances.map((balance) => ({
    ...balance,
    balanceMinor: balance.debitMinor - balance.creditMinor,
  })),
  safeguarding: safeguardingOf(balances),
});
