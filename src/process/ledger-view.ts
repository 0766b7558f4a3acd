import { type AccountBalance, isBalanced } from '../ledger/balances.ts';
import { accountCodes, CHART } from '../ledger/chart.ts';
import { safeguardingOf } from '../ledger/safeguarding.ts';
import type { Posting } from './views.ts';

/** The answer of `GET /v1/ledger/accounts`. */
export const presentAccounts = () => ({
  accounts: accountCodes.map((code) => ({ code, ...CHART[code] })),
});

/** The answer of `GET /v1/ledger/entries`: an account's postings of a day, with their sums. */
export function presentEntries(
  query: { readonly account: string; readonly currency: string; readonly day: string },
  postings: readonly Posting[],
) {
  const total = (sign: 1n | -1n): bigint =>
    postings.reduce(
      (sum, { amountMinor }) => (amountMinor * sign > 0n ? sum + amountMinor * sign : sum),
      0n,
    );
  return { ...query, debitMinor: total(1n), creditMinor: total(-1n), entries: postings };
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
