import { isCurrencyCode, minorUnitDigits } from '../../../src/money/currency.ts';

/** Why nothing is booked of what a person wrote as an amount. */
export type UnreadAmount = 'currency' | 'comma' | 'ambiguous' | 'decimals' | 'number';

export type AmountEntry = { readonly amountMinor: string } | { readonly unread: UnreadAmount };

/** Thousands, by commas or by spaces, never by both; the languages of the page write them so. */
const GROUPED = /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)$/;
const ONE_GROUP = /^[1-9]\d{0,2},\d{3}$/;
/** Digits of a group: as many decimals may stand behind a comma in other languages. */
const THOUSAND = 3;

/**
 * What a person wrote as an amount, in minor units: `12.50` and `1,250.50` in USD. A point begins the
 * decimals and a comma groups thousands; whoever is used to the opposite is told so, and nothing is
 * guessed: `12,50` is neither 12.50 nor 1,250, and `1,250` of a currency with three decimals may be
 * either. More decimals than the currency has are not rounded.
 */
export function readAmount(text: string, currency: string): AmountEntry {
  if (!isCurrencyCode(currency)) return { unread: 'currency' };
  const digits = minorUnitDigits(currency);
  const plain = plainOf(text);
  const [, whole = '', fraction] = /^([^.]*)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (digits >= THOUSAND && ONE_GROUP.test(plain)) return { unread: 'ambiguous' };
  if (!/^\d+$/.test(whole) && !GROUPED.test(whole)) {
    return { unread: /^[\d., ]*,[\d., ]*$/.test(plain) ? 'comma' : 'number' };
  }
  if (fraction !== undefined && fraction.length > digits) return { unread: 'decimals' };
  const minor = `${whole.replaceAll(/[, ]/g, '')}${(fraction ?? '').padEnd(digits, '0')}`;
  return { amountMinor: BigInt(minor).toString() };
}

const FULL_WIDTH = 0xfee0;

/** Korean and Japanese keyboards write digits, commas and points as wide as letters. */
const plainOf = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[０-９，．]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH));
