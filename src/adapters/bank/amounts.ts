import { statementDigits } from './currencies.ts';

/** Why text is no amount of that currency. */
export type AmountFault = 'currency_unknown' | 'amount_invalid' | 'amount_precision';

export type ParsedAmount =
  | { readonly ok: true; readonly minor: bigint }
  | { readonly ok: false; readonly fault: AmountFault; readonly detail: string };

/** More digits than any sum of money has, few enough for every store. */
const LONGEST_AMOUNT = 27;

const fail = (fault: AmountFault, detail: string): ParsedAmount => ({ ok: false, fault, detail });

/**
 * A decimal with a point, such as `-1234.50`, as whole minor units of the currency. Zeros beyond
 * the currency's decimals are dropped; other digits there are refused, never rounded.
 */
export function parseDecimal(text: string, currency: string): ParsedAmount {
  const digits = statementDigits(currency);
  if (digits === undefined) {
    return fail('currency_unknown', `${JSON.stringify(currency)} is no ISO 4217 currency.`);
  }
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole.length + fraction.length === 0 || whole.length > LONGEST_AMOUNT) {
    return fail('amount_invalid', `${JSON.stringify(text.slice(0, 40))} is no amount.`);
  }
  const beyond = fraction.slice(digits);
  if (/[1-9]/.test(beyond)) {
    return fail('amount_precision', `${text} has more than the ${digits} decimals of ${currency}.`);
  }
  const minor = BigInt(`0${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return { ok: true, minor: sign === '-' ? -minor : minor };
}

/** SWIFT writes a decimal comma that is never left out: `1234,` and `0,5`. Some banks group. */
export const parseSwiftAmount = (text: string, currency: string): ParsedAmount =>
  parseDecimal(text.includes(',') ? text.replaceAll('.', '').replace(',', '.') : text, currency);

/** A whole number of minor units, with a sign in front or not, as BAI2 writes it. */
export function parseImplied(text: string, currency: string): ParsedAmount {
  if (statementDigits(currency) === undefined) {
    return fail('currency_unknown', `${JSON.stringify(currency)} is no ISO 4217 currency.`);
  }
  const match = /^([+-]?)(\d+)$/.exec(text.trim());
  if (match === null || (match[2] ?? '').length > LONGEST_AMOUNT) {
    return fail('amount_invalid', `${JSON.stringify(text.slice(0, 40))} is no whole amount.`);
  }
  const minor = BigInt(match[2] ?? '0');
  return { ok: true, minor: match[1] === '-' ? -minor : minor };
}

/** Minor units without their sign, as the model writes them. */
export const unsigned = (minor: bigint): string => (minor < 0n ? -minor : minor).toString();

/** The side of a signed movement or balance: zero counts as a credit. */
export const directionOf = (minor: bigint): 'credit' | 'debit' => (minor < 0n ? 'debit' : 'credit');
