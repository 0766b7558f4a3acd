import { type CurrencyCode, minorUnitDigits } from './currency.ts';
import { type Money, money } from './money.ts';
import type { Rational } from './rational.ts';
import { type RoundingMode, roundQuotient } from './rounding.ts';

/**
 * An amount in another currency: `rate` is major units of `to` for one major unit of the amount's
 * currency. Exact until the one rounding at the end, which the caller names; with a `step`, to a
 * multiple of so many minor units.
 *
 * @example exchange(money('EUR', 100n), { to: 'JPY', rate, rounding: 'floor' })
 */
export const exchange = <C extends CurrencyCode>(
  amount: Money,
  {
    to,
    rate,
    rounding,
    step = 1n,
  }: { to: C; rate: Rational; rounding: RoundingMode; step?: bigint | undefined },
): Money<C> => {
  const num = amount.amountMinor * rate.num * minorUnitsPerMajor(to);
  const den = rate.den * minorUnitsPerMajor(amount.currency);
  return money(to, roundQuotient(num, den * step, rounding) * step);
};

const minorUnitsPerMajor = (currency: CurrencyCode): bigint =>
  10n ** BigInt(minorUnitDigits(currency));
