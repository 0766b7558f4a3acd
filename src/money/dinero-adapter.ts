import {
  type Dinero,
  dinero,
  add as dineroAdd,
  compare as dineroCompare,
  subtract as dineroSubtract,
  toSnapshot,
} from 'dinero.js/bigint';
import { type CurrencyCode, minorUnitDigits } from './currency.ts';

/**
 * The only file that knows dinero.js. It hands dinero our own ISO 4217 digits, since dinero's table
 * divides MGA and MRU by five, and gives back nothing but bigint. Callers have checked currencies.
 */

type Currency = { readonly code: CurrencyCode; readonly base: 10n; readonly exponent: bigint };

type Amount = { readonly currency: CurrencyCode; readonly amountMinor: bigint };

export const addMinor = (augend: Amount, addend: Amount): bigint =>
  fromDinero(dineroAdd(toDinero(augend), toDinero(addend)));

/** The sum of amounts of one currency; there is at least one. */
export const sumMinor = (amounts: readonly Amount[]): bigint =>
  fromDinero(amounts.map(toDinero).reduce((total, amount) => dineroAdd(total, amount)));

export const subtractMinor = (minuend: Amount, subtrahend: Amount): bigint =>
  fromDinero(dineroSubtract(toDinero(minuend), toDinero(subtrahend)));

export const compareMinor = (left: Amount, right: Amount): -1 | 0 | 1 =>
  dineroCompare(toDinero(left), toDinero(right));

const toDinero = ({ currency, amountMinor }: Amount): Dinero<bigint> =>
  dinero({ amount: amountMinor, currency: currencyOf(currency) });

const currencies = new Map<CurrencyCode, Currency>();

/** dinero's own picture of a currency: made once, since every sum needs it. */
function currencyOf(code: CurrencyCode): Currency {
  const known = currencies.get(code);
  if (known !== undefined) return known;
  // Stryker disable next-line ObjectLiteral: callers have checked that there is one currency
  const made: Currency = { code, base: 10n, exponent: BigInt(minorUnitDigits(code)) };
  currencies.set(code, made);
  return made;
}

const fromDinero = (amount: Dinero<bigint>): bigint => toSnapshot(amount).amount;
