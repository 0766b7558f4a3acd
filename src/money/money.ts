import type { CurrencyCode } from './currency.ts';
import { addMinor, compareMinor, subtractMinor, sumMinor } from './dinero-adapter.ts';
import { AmountNotPositiveError, CurrencyMismatchError } from './errors.ts';

/**
 * An exact amount: whole minor units (cents for USD, whole yen for JPY, fils for KWD). It may be
 * negative, which is how a ledger leg says credit.
 */
export type Money<C extends CurrencyCode = CurrencyCode> = {
  readonly currency: C;
  readonly amountMinor: bigint;
};

/** The largest amount that is sent or stored: 18 digits of minor units. Sums may pass it. */
export const largestAmountMinor = 10n ** 18n - 1n;

/**
 * @example money('USD', 1_150_000n) // 11,500.00 US dollars
 */
export const money = <C extends CurrencyCode>(currency: C, amountMinor: bigint): Money<C> => ({
  currency,
  amountMinor,
});

/** Nothing, in that currency. */
export const zero = <C extends CurrencyCode>(currency: C): Money<C> => money(currency, 0n);

/**
 * The sum of two amounts of one currency.
 *
 * Two currencies do not compile; where the types were lost on the way, `CurrencyMismatchError`.
 */
export const add = <C extends CurrencyCode>(
  augend: Money<C>,
  addend: Money<NoInfer<C>>,
): Money<C> => {
  assertSameCurrency(augend, addend);
  return money(augend.currency, addMinor(augend, addend));
};

/** The difference of two amounts of one currency; it may be negative. Errors as for `add`. */
export const subtract = <C extends CurrencyCode>(
  minuend: Money<C>,
  subtrahend: Money<NoInfer<C>>,
): Money<C> => {
  assertSameCurrency(minuend, subtrahend);
  return money(minuend.currency, subtractMinor(minuend, subtrahend));
};

/** The same amount on the other side: a debit as a credit, a receipt as a payment. */
export const negate = <C extends CurrencyCode>(amount: Money<C>): Money<C> =>
  money(amount.currency, -amount.amountMinor);

/** -1, 0 or 1 as the first amount is less than, equal to or more than the second. */
export const compare = <C extends CurrencyCode>(
  left: Money<C>,
  right: Money<NoInfer<C>>,
): -1 | 0 | 1 => {
  assertSameCurrency(left, right);
  return compareMinor(left, right);
};

/** The sum of a list, which is zero of `currency` when the list is empty. Errors as for `add`. */
export const sum = <C extends CurrencyCode>(
  currency: C,
  amounts: readonly Money<NoInfer<C>>[],
): Money<C> => {
  for (const amount of amounts) assertSameCurrency({ currency }, amount);
  return money(currency, amounts.length === 0 ? 0n : sumMinor(amounts));
};

export const isZero = (amount: Money): boolean => amount.amountMinor === 0n;

export const isNegative = (amount: Money): boolean => amount.amountMinor < 0n;

/** Throws `AmountNotPositiveError` unless the amount is above zero. */
export const assertPositive = (amount: Money): void => {
  if (amount.amountMinor <= 0n) {
    throw new AmountNotPositiveError(amount.currency, amount.amountMinor);
  }
};

const assertSameCurrency = (
  expected: Pick<Money, 'currency'>,
  received: Pick<Money, 'currency'>,
): void => {
  if (expected.currency !== received.currency) {
    throw new CurrencyMismatchError(expected.currency, received.currency);
  }
};
