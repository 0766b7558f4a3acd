import { localeOf } from './format.ts';
import type { Language } from './words.ts';

const PERCENT_DIGITS = 2;

/** A rate as its reader writes it, with each of the digits that were published. */
export function rateText(language: Language, rate: string): string {
  if (!/^\d+(\.\d+)?$/.test(rate)) return rate;
  const digits = rate.split('.')[1]?.length ?? 0;
  const number = new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // As text, so that it does not pass through a floating-point number.
  return number.format(rate as Intl.StringNumericLiteral);
}

/** Basis points as a percentage: 150 is 1.50 %. */
export function percentText(language: Language, basisPoints: number): string {
  const digits = String(basisPoints).padStart(PERCENT_DIGITS + 1, '0');
  const percent = `${digits.slice(0, -PERCENT_DIGITS)}.${digits.slice(-PERCENT_DIGITS)}`;
  return `${rateText(language, percent)}\u00a0%`;
}
