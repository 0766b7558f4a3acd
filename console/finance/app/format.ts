import { isCurrencyCode, minorUnitDigits } from '../../../src/money/currency.ts';
import type { Language } from './words.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ko: 'ko-KR' };

/** How numbers are written in a language. */
export const localeOf = (language: Language): string => locales[language];

/**
 * A whole number of minor units as a decimal: `-5` in USD is `-0.05`. Digits are moved as text, so no
 * amount is too large to be exact. What is no amount of a known currency is shown as it came.
 */
export function decimalOf(amountMinor: string, currency: string): string {
  if (!/^-?\d+$/.test(amountMinor) || !isCurrencyCode(currency)) return amountMinor;
  const digits = minorUnitDigits(currency);
  const sign = amountMinor.startsWith('-') ? '-' : '';
  const magnitude = amountMinor.replace('-', '').padStart(digits + 1, '0');
  const split = magnitude.length - digits;
  return digits === 0
    ? `${sign}${magnitude}`
    : `${sign}${magnitude.slice(0, split)}.${magnitude.slice(split)}`;
}

/** An amount as its reader writes it, with its currency's own decimals and its code behind it. */
export function moneyText(language: Language, amountMinor: string, currency: string): string {
  const decimal = decimalOf(amountMinor, currency);
  if (!isCurrencyCode(currency) || !/^-?\d/.test(decimal)) return `${decimal} ${currency}`;
  const digits = minorUnitDigits(currency);
  const number = new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // As text, so that it does not pass through a floating-point number.
  return `${number.format(decimal as Intl.StringNumericLiteral)}\u00a0${currency}`;
}

/** An instant of the API in UTC, as the books have it: `2026-07-01 08:00`. */
export const instantText = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
