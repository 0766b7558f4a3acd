import type { AccountBalance } from '../ledger/balances.ts';
import { CLEARING_ACCOUNTS, type OpenItem } from '../ledger/gate.ts';
import type { Posting, ViewStore } from './views.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** So many days are read side by side. */
const DAYS_AT_ONCE = 8;

/**
 * What is open on each account that clears, by its owner (trade, payout, receipt, …), up to the end of a
 * day. Only accounts that are not at zero are read, over every day that has postings.
 */
export async function openItemsOf(
  views: Pick<ViewStore, 'listLedgerDays' | 'listPostings'>,
  { balances, asOf }: { readonly balances: readonly AccountBalance[]; readonly asOf: string },
): Promise<readonly OpenItem[]> {
  const open = balances.filter(
    ({ account, debitMinor, creditMinor }) =>
      (CLEARING_ACCOUNTS as readonly string[]).includes(account) && debitMinor !== creditMinor,
  );
  if (open.length === 0) return [];
  const days = await views.listLedgerDays(asOf);
  const items: OpenItem[] = [];
  for (const { account, currency } of open) {
    const postings: Posting[] = [];
    for (let start = 0; start < days.length; start += DAYS_AT_ONCE) {
      const some = days.slice(start, start + DAYS_AT_ONCE);
      const read = some.map((day) => views.listPostings({ account, currency, day }));
      postings.push(...(await Promise.all(read)).flat());
    }
    items.push(...openOf(postings));
  }
  return items.sort((left, right) => (left.since < right.since ? -1 : 1));
}

/** Balances by owner; those at zero are settled. */
function openOf(postings: readonly Posting[]): readonly OpenItem[] {
  const byScope = Map.groupBy(postings, ({ scope }) => scope ?? null);
  return [...byScope.entries()].flatMap(([scope, own]) => {
    const balanceMinor = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const [first] = own.map(({ bookedAt }) => bookedAt.slice(0, DAY_LENGTH)).sort();
    const [{ account, currency } = { account: '', currency: '' }] = own;
    return balanceMinor === 0n || first === undefined
      ? []
      : [{ account, currency, scope, balanceMinor, since: first }];
  });
}
