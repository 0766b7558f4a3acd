import type { JournalEntry } from '../../events/ledger/journal-entry.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { type AccountCode, CHART, isAccountCode } from './chart.ts';

/** The turnover of one account in one currency, in minor units, both sides positive. */
export type AccountBalance = {
  readonly account: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

/** Debits and credits by account and currency, in the chart's order. */
export function balancesOf(entries: Iterable<JournalEntry>): readonly AccountBalance[] {
  const balances = new Map<string, AccountBalance>();
  for (const { legs } of entries) {
    for (const { account, currency, amountMinor } of legs) {
      const key = `${account}#${currency}`;
      const before = balances.get(key) ?? emptyBalance(account, currency);
      balances.set(key, {
        ...before,
        // Stryker disable next-line EqualityOperator: a leg of zero adds nothing
        debitMinor: before.debitMinor + (amountMinor > 0n ? amountMinor : 0n),
        // Stryker disable next-line EqualityOperator: a leg of zero adds nothing
        creditMinor: before.creditMinor + (amountMinor < 0n ? -amountMinor : 0n),
      });
    }
  }
  return [...balances.entries()].sort(byKey).map(([, balance]) => balance);
}

const byKey = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  // Stryker disable next-line EqualityOperator: the keys of a map differ
  left < right ? -1 : 1;

/** An account's name in the chart, or the code itself where the chart lacks it. */
export const accountName = (account: string): string =>
  isAccountCode(account) ? CHART[account as AccountCode].name : account;

export const emptyBalance = (account: string, currency: CurrencyCode): AccountBalance => ({
  account,
  name: accountName(account),
  currency,
  debitMinor: 0n,
  creditMinor: 0n,
});

/** True when debits equal credits in every currency. */
export function isBalanced(balances: readonly AccountBalance[]): boolean {
  const differences = new Map<CurrencyCode, bigint>();
  for (const { currency, debitMinor, creditMinor } of balances) {
    differences.set(currency, (differences.get(currency) ?? 0n) + debitMinor - creditMinor);
  }
  return [...differences.values()].every((difference) => difference === 0n);
}
