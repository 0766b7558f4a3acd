import type { StatementHead } from './stored-statement.ts';

/** An account that had statements before a span of days, and has none that closes within it. */
export type Uncovered = {
  readonly account: string;
  readonly currency: string;
  readonly lastClosedOn: string;
  readonly lastClosingMinor: string;
  /** Nothing lay there: it may have been closed. */
  readonly isEmpty: boolean;
};

/** Which accounts are without a statement between two days, both included. */
export function uncoveredAccounts(
  heads: readonly StatementHead[],
  { from, until }: { readonly from: string; readonly until: string },
): readonly Uncovered[] {
  const whole = heads.filter(({ kind, closing }) => kind === 'statement' && closing !== null);
  const accounts = Map.groupBy(whole, ({ account, currency }) => `${account.id}\n${currency}`);
  return [...accounts.entries()].sort().flatMap(([, own]) => {
    const days = own.map(({ closing }) => closing?.date ?? '');
    if (days.some((day) => day >= from && day <= until)) return [];
    const last = own
      .filter(({ closing }) => (closing?.date ?? '') < from)
      .toSorted((a, b) => ((a.closing?.date ?? '') < (b.closing?.date ?? '') ? 1 : -1))[0];
    if (last?.closing == null) return [];
    const { account, currency, closing } = last;
    return [
      {
        ...{
          account: account.id ?? '',
          currency: currency ?? '',
          lastClosedOn: closing.date ?? '',
        },
        ...{ lastClosingMinor: closing.amountMinor, isEmpty: BigInt(closing.amountMinor) === 0n },
      },
    ];
  });
}
