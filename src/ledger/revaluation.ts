import type { Revaluation } from '../../events/period/common.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { exchange } from '../money/exchange.ts';
import { type Money, money, sum } from '../money/money.ts';
import type { Rational } from '../money/rational.ts';
import type { AccountBalance } from './balances.ts';

const POSITION = '1400';

/** Major units of the base currency for one of another, at the closing rate; undefined without one. */
export type ClosingRates = {
  readonly rateDate: string | null;
  readonly toBase: (currency: CurrencyCode) => Rational | undefined;
};

/** The currencies in which a position is open. */
export const openPositions = (balances: readonly AccountBalance[]): readonly Money[] =>
  balances
    .filter(({ account }) => account === POSITION)
    .map(({ currency, debitMinor, creditMinor }) => money(currency, debitMinor - creditMinor))
    .filter(({ amountMinor }) => amountMinor !== 0n);

/**
 * What the open positions (1400) are worth at the closing rate. At the rates at which they arose they sum
 * to nothing, so what they sum to now is the result that is not realized. Rounded half-even, as reports
 * are. Undefined where a currency has no closing rate.
 */
export function revalue(
  balances: readonly AccountBalance[],
  { base, rates }: { readonly base: CurrencyCode; readonly rates: ClosingRates },
): Revaluation | undefined {
  const positions = openPositions(balances).map((position) => {
    const rate = rates.toBase(position.currency);
    return {
      position,
      value: rate && exchange(position, { to: base, rate, rounding: 'halfEven' }),
    };
  });
  const valued = positions.flatMap(({ position, value }) =>
    value === undefined ? [] : [{ position, value }],
  );
  if (valued.length < positions.length) return undefined;
  return {
    rateDate: valued.length === 0 ? null : rates.rateDate,
    positions: valued,
    unrealized: sum(
      base,
      valued.map(({ value }) => value),
    ),
  };
}
