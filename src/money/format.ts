import { minorUnitDigits } from './currency.ts';
import type { Money } from './money.ts';

/**
 * The amount in major units with all its decimals and no grouping, for machines and files.
 *
 * @example toMajorString(money('USD', 1_150_000n)) // '11500.00'
 */
export const toMajorString = ({ currency, amountMinor }: Money): string => {
  const decimals = minorUnitDigits(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor)
    .toString()
    .padStart(decimals + 1, '0');
  return decimals === 0
    ? sign + digits
    : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/**
 * The amount as a person reading `locale` expects it. Exact at any size, since Intl is given text
 * and our own number of decimals (its own are display digits and wrong for 16 currencies).
 *
 * @example formatMoney(money('EUR', 987_930n), 'de') // '9.879,30 €'
 */
export const formatMoney = (amount: Money, locale = 'en'): string => {
  const decimals = minorUnitDigits(amount.currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(toMajorString(amount) as Intl.StringNumericLiteral);
};
