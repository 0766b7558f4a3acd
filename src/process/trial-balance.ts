import { type AccountBalance, emptyBalance } from '../ledger/balances.ts';
import type { TurnoverSlice, ViewStore } from './views.ts';

/** So many days are read side by side. */
const DAYS_AT_ONCE = 8;

/**
 * The turnover of every account in every currency up to the end of a day (`YYYY-MM-DD`, UTC), from
 * the read models: as complete as the projection is.
 */
export async function trialBalance(
  views: Pick<ViewStore, 'listLedgerDays' | 'listSlices'>,
  asOf: string,
): Promise<readonly AccountBalance[]> {
  const days = await views.listLedgerDays(asOf);
  const balances = new Map<string, AccountBalance>();
  for (let start = 0; start < days.length; start += DAYS_AT_ONCE) {
    const some = days.slice(start, start + DAYS_AT_ONCE);
    const slices = await Promise.all(some.map((day) => views.listSlices(day)));
    for (const slice of slices.flat()) addTo(balances, slice);
  }
  return [...balances.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, balance]) => balance);
}

function addTo(balances: Map<string, AccountBalance>, slice: TurnoverSlice): void {
  const { account, currency, debitMinor, creditMinor } = slice;
  const key = `${account}#${currency}`;
  const before = balances.get(key) ?? emptyBalance(account, currency);
  balances.set(key, {
    ...before,
    debitMinor: before.debitMinor + debitMinor,
    creditMinor: before.creditMinor + creditMinor,
  });
}
