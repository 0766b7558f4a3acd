import type { CurrencyCode } from '../money/currency.ts';
import { derivedId } from '../platform/ids.ts';
import type { BreakFacts } from './break-state.ts';

export type CurrencyTotal = { readonly currency: CurrencyCode; readonly amountMinor: bigint };

/** A shortfall that was found before, and since when. */
export type Standing = Pick<BreakFacts, 'breakId' | 'difference' | 'since'>;

/** What to raise, and which of what stood is so no longer. */
export type Compared = { readonly raise: readonly BreakFacts[]; readonly clear: readonly string[] };

/**
 * Rec F, each day: what clients are owed against the cash that is kept for them, in each currency. Too
 * little is `under`. One that grows or shrinks is another break, of the same age: it began when the
 * first of them did. Too much is none, for what the platform has earned lies there until it is swept.
 */
export function compareTotals(
  { owed, kept }: Readonly<Record<'owed' | 'kept', readonly CurrencyTotal[]>>,
  standing: readonly Standing[],
  at: string,
): Compared {
  const [needed, there] = [byCurrency(owed), byCurrency(kept)];
  const before = new Map(standing.map((one) => [one.difference.currency, one]));
  const found = [...needed.keys()].sort().flatMap((currency) => {
    const amountMinor = (there.get(currency) ?? 0n) - (needed.get(currency) ?? 0n);
    if (amountMinor >= 0n) return [];
    const since = before.get(currency)?.since ?? at.slice(0, 'YYYY-MM-DD'.length);
    return [shortfall({ currency, amountMinor }, { since, at })];
  });
  const isFound = new Set(found.map(({ breakId }) => breakId));
  const isStanding = new Set(standing.map(({ breakId }) => breakId));
  return {
    raise: found.filter(({ breakId }) => !isStanding.has(breakId)),
    clear: standing.flatMap(({ breakId }) => (isFound.has(breakId) ? [] : [breakId])),
  };
}

const shortfall = (
  difference: CurrencyTotal,
  { since, at }: { readonly since: string; readonly at: string },
): BreakFacts => ({
  breakId: derivedId('brk', 'F', difference.currency, since, difference.amountMinor.toString()),
  ...{ rec: 'F', breakType: 'under', left: [], right: [], difference, since, raisedAt: at },
});

function byCurrency(totals: readonly CurrencyTotal[]): Map<CurrencyCode, bigint> {
  const sums = new Map<CurrencyCode, bigint>();
  for (const { currency, amountMinor } of totals) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  return sums;
}
