import { minorUnitDigitsByCode, notMoneyCodes, validityByCode } from './iso-4217.ts';

/** An ISO 4217 code of real money, current or withdrawn; `isCurrencyActiveOn` tells which. */
export type CurrencyCode = keyof typeof minorUnitDigitsByCode;

/** How many decimals a currency has. No other number occurs in ISO 4217. */
export type MinorUnitDigits = 0 | 2 | 3 | 4;

/** Every code that `isCurrencyCode` accepts, in alphabetical order. */
export const currencyCodes = Object.keys(minorUnitDigitsByCode) as readonly CurrencyCode[];

/**
 * True for the upper-case ISO 4217 code of a currency that money can be held in. Metals, special
 * drawing rights, test codes and "no currency" (XAU, XDR, XTS, XXX) are not money.
 */
export const isCurrencyCode = (value: unknown): value is CurrencyCode =>
  typeof value === 'string' && Object.hasOwn(minorUnitDigitsByCode, value);

/** True for a code that ISO 4217 assigns to something that is not money, such as XAU (gold). */
export const isNotMoneyCode = (value: unknown): value is (typeof notMoneyCodes)[number] =>
  notMoneyCodes.some((code) => code === value);

/** Digits after the decimal point: 2 for USD, 0 for JPY, 3 for KWD, 4 for CLF. */
export const minorUnitDigits = (code: CurrencyCode): MinorUnitDigits => minorUnitDigitsByCode[code];

/**
 * In multiples of how many minor units a currency can be charged and given back. Card networks want the
 * last of three decimals to be zero; an ariary is not moved in hundredths, though ISO 4217 has them.
 */
export const payableStep = (code: CurrencyCode): bigint => {
  if (code === 'MGA') return 100n;
  return minorUnitDigits(code) === 3 ? 10n : 1n;
};

/**
 * True if the currency is legal to use for new business on that day (`YYYY-MM-DD`). A withdrawn
 * currency, such as BGN since 2026-01-01, still parses but can no longer be quoted or charged.
 */
export const isCurrencyActiveOn = (code: CurrencyCode, date: string): boolean => {
  const { from = '', to = '9999-12-31' } = validityByCode[code] ?? {};
  return from <= date && date <= to;
};
