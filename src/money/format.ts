import { type CurrencyCode, minorUnitDigits } from './currency.ts';
import { InvalidMoneyError } from './errors.ts';
import { largestAmountMinor, type Money, money } from './money.ts';

/**
 * The amount in major units with all its decimals and no grouping, for machines and files.
 *
 * @example toMajorString(money('USD', 1_150_000n)) // '11500.00'
 */
export const toMajorString = ({ currency, amountMinor }: Money): string => {
  const decimals = minorUnitDigits(currency);
  const sign = amountMinor < 0n ? '-' : '';
  // Stryker disable next-line EqualityOperator: zero has no other side
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor)
    .toString()
    .padStart(decimals + 1, '0');
  return decimals === 0
    ? sign + digits
    : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

/**
 * The amount that `toMajorString` wrote, or a person typed: major units with at most as many decimals
 * as the currency has. No sign, grouping, exponent, superfluous leading zero or decimal comma.
 *
 * `InvalidMoneyError` for anything else, and above 18 digits of minor units: nothing is rounded.
 *
 * @example fromMajorString('KWD', '1.5') // 1500 fils
 */
export const fromMajorString = <C extends CurrencyCode>(currency: C, text: string): Money<C> => {
  const decimals = minorUnitDigits(currency);
  const { whole, fraction = '' } =
    /^(?<whole>0|[1-9]\d{0,18})(?:\.(?<fraction>\d{1,20}))?$/.exec(text)?.groups ?? {};
  if (whole === undefined) {
    throw new InvalidMoneyError(
      `Expected an amount such as ${toMajorString(money(currency, 10_000n))}, received ${JSON.stringify(text)}.`,
    );
  }
  if (fraction.length > decimals) {
    throw new InvalidMoneyError(
      `${currency} has ${decimals} decimals, received ${fraction.length}: ${text}.`,
    );
  }
  const amountMinor = BigInt(whole + fraction.padEnd(decimals, '0'));
  if (amountMinor > largestAmountMinor) {
    throw new InvalidMoneyError(`Expected at most 18 digits of minor units, received ${text}.`);
  }
  return money(currency, amountMinor);
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
