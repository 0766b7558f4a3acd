import type { CurrencyCode } from '../money/currency.ts';
import { divideRational, one, parseDecimal, type Rational } from '../money/rational.ts';
import type { RateDay } from './rate-day.ts';

/** No reference rate exists for this currency on this day, or it is no longer legal to use. */
export type CurrencyUnsupported = {
  readonly code: 'fx.currency_unsupported';
  readonly currency: CurrencyCode;
};

/**
 * The mid rate of a pair: major units of `buy` for one major unit of `sell`, crossed through the
 * euro as one exact number. Never round it, nor its inverse, before the end of a calculation. A
 * currency against itself is 1 and needs no rate.
 *
 * @example crossRate(day, { sell: 'EUR', buy: 'USD' }) // 1.1394 exactly
 */
export const crossRate = (
  day: RateDay,
  { sell, buy }: { sell: CurrencyCode; buy: CurrencyCode },
): Rational | CurrencyUnsupported => {
  if (sell === buy) {
    return one;
  }
  const sellPerEuro = unitsPerEuro(day, sell);
  if (sellPerEuro === undefined) {
    return { code: 'fx.currency_unsupported', currency: sell };
  }
  const buyPerEuro = unitsPerEuro(day, buy);
  if (buyPerEuro === undefined) {
    return { code: 'fx.currency_unsupported', currency: buy };
  }
  return divideRational(buyPerEuro, sellPerEuro);
};

const unitsPerEuro = (day: RateDay, currency: CurrencyCode): Rational | undefined => {
  if (currency === 'EUR') {
    return one;
  }
  const decimal = day.rates[currency];
  return decimal === undefined ? undefined : parseDecimal(decimal);
};
