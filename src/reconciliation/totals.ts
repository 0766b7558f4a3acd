import type { CurrencyCode } from '../money/currency.ts';
import { derivedId } from '../platform/ids.ts';
import type { Break } from './outcome.ts';

export type CurrencyTotal = { readonly currency: CurrencyCode; readonly amountMinor: bigint };

/**
 * Rec F, each day: what clients are owed against the cash that is kept for them, in each currency.
 * Too little is `under`; too much is `over`, for money of our own does not belong there either.
 */
export function compareTotals(
  liabilities: readonly CurrencyTotal[],
  cash: readonly CurrencyTotal[],
  asOf: string,
): readonly Break[] {
  const owed = byCurrency(liabilities);
  const kept = byCurrency(cash);
  const currencies = [...new Set([...owed.keys(), ...kept.keys()])].sort();
  return currencies.flatMap((currency) => {
    const differenceMinor = (kept.get(currency) ?? 0n) - (owed.get(currency) ?? 0n);
    if (differenceMinor === 0n) return [];
    const type = differenceMinor < 0n ? 'under' : 'over';
    return [
      {
        id: derivedId('brk', 'F', type, currency, asOf),
        rec: 'F',
        type,
        left: [],
        right: [],
        currency,
        differenceMinor,
        since: asOf,
        ageBusinessDays: 0,
        ageBand: '0-1',
        detail:
          type === 'under'
            ? 'Less cash is kept than clients are owed.'
            : 'More cash is kept than clients are owed.',
      },
    ];
  });
}

function byCurrency(totals: readonly CurrencyTotal[]): Map<CurrencyCode, bigint> {
  const sums = new Map<CurrencyCode, bigint>();
  for (const { currency, amountMinor } of totals) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  return sums;
}
