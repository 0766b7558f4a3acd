import { type AccountBalance, emptyBalance } from '../ledger/balances.ts';
import { addMonths, periodOf } from '../ledger/months.ts';
import type { Posting, TurnoverSlice, ViewStore } from './views.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;
/** Nothing is told of later than so long after it happened. */
const MOST_MONTHS_LATE = 24;

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
  return sorted(await turnover(views, asOf));
}

/**
 * By which of its two days a posting counts: the one it was booked on, which is what a locked month keeps,
 * or the one on which it happened, which tells a month as it was, also by what came to be known after it.
 */
export const bases = ['booked', 'occurred'] as const;
export type Basis = (typeof bases)[number];

/** The same by the day on which each posting happened. */
export async function trialBalanceBy(
  basis: Basis,
  views: Pick<ViewStore, 'listLedgerDays' | 'listSlices' | 'listLatePostings'>,
  asOf: string,
): Promise<readonly AccountBalance[]> {
  const balances = await turnover(views, asOf);
  if (basis === 'occurred') {
    for (const { account, currency, amountMinor } of await bookedLater(views, asOf)) {
      const [debitMinor, creditMinor] = amountMinor > 0n ? [amountMinor, 0n] : [0n, -amountMinor];
      addTo(balances, { account, currency, debitMinor, creditMinor });
    }
  }
  return sorted(balances);
}

/** What happened by the end of a day and was booked after it. */
export async function bookedLater(
  views: Pick<ViewStore, 'listLatePostings'>,
  asOf: string,
): Promise<readonly Posting[]> {
  const late: Posting[] = [];
  // Counted: as texts, months are in order only within the years 1000 to 9999.
  for (let ago = MOST_MONTHS_LATE; ago >= 0; ago -= 1) {
    late.push(...(await views.listLatePostings(addMonths(periodOf(asOf), -ago))));
  }
  return late.filter(
    ({ occurredAt = '', bookedAt }) =>
      occurredAt.slice(0, DAY_LENGTH) <= asOf && bookedAt.slice(0, DAY_LENGTH) > asOf,
  );
}

async function turnover(
  views: Pick<ViewStore, 'listLedgerDays' | 'listSlices'>,
  asOf: string,
): Promise<Map<string, AccountBalance>> {
  const days = await views.listLedgerDays(asOf);
  const balances = new Map<string, AccountBalance>();
  for (let start = 0; start < days.length; start += DAYS_AT_ONCE) {
    const some = days.slice(start, start + DAYS_AT_ONCE);
    const slices = await Promise.all(some.map((day) => views.listSlices(day)));
    for (const slice of slices.flat()) addTo(balances, slice);
  }
  return balances;
}

const sorted = (balances: ReadonlyMap<string, AccountBalance>): readonly AccountBalance[] =>
  [...balances.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, balance]) => balance);

type Turnover = Pick<TurnoverSlice, 'account' | 'currency' | 'debitMinor' | 'creditMinor'>;

function addTo(balances: Map<string, AccountBalance>, slice: Turnover): void {
  const { account, currency, debitMinor, creditMinor } = slice;
  const key = `${account}#${currency}`;
  const before = balances.get(key) ?? emptyBalance(account, currency);
  balances.set(key, {
    ...before,
    debitMinor: before.debitMinor + debitMinor,
    creditMinor: before.creditMinor + creditMinor,
  });
}
