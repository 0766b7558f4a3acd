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

type Amount = { readonly currency: CurrencyCode; readonly amountMinor: bigint };

export const addMinor = (augend: Amount, addend: Amount): bigint =>
  fromDinero(dineroAdd(toDinero(augend), toDinero(addend)));

export const subtractMinor = (minuend: Amount, subtrahend: Amount): bigint =>
  fromDinero(dineroSubtract(toDinero(minuend), toDinero(subtrahend)));

export const compareMinor = (left: Amount, right: Amount): -1 | 0 | 1 =>
  dineroCompare(toDinero(left), toDinero(right));

const toDinero = ({ currency, amountMinor }: Amount): Dinero<bigint> =>
  dinero({
    amount: amountMinor,
    // Stryker disable next-line ObjectLiteral: callers have checked that there is one currency
    currency: { code: currency, base: 10n, exponent: BigInt(minorUnitDigits(currency)) },
  });

const fromDinero = (amount: Dinero<bigint>): bigint => toSnapshot(amount).amount;
