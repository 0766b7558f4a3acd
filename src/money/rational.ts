import { InvalidRationalError } from './errors.ts';
import { roundQuotient } from './rounding.ts';

/** An exact number, zero or more, in lowest terms: `num / den` with `den` above zero. */
export type Rational = { readonly num: bigint; readonly den: bigint };

/** The JSON form of a rational: decimal integers as strings. */
export type RationalJson = { readonly num: string; readonly den: string };

/** `num / den` in lowest terms. `InvalidRationalError` below zero or with `den` not above zero. */
export const rational = (num: bigint, den: bigint): Rational => {
  if (num < 0n || den <= 0n) {
    throw new InvalidRationalError(`${num}/${den}`);
  }
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
};

export const one: Rational = { num: 1n, den: 1n };

/**
 * A plain decimal as the exact number it stands for. At most 20 digits on either side; no sign,
 * exponent or superfluous leading zero. Anything else is an `InvalidRationalError`.
 *
 * @example parseDecimal('1.1699') // { num: 11699n, den: 10000n }
 */
export const parseDecimal = (text: string): Rational => {
  const { whole, fraction = '' } =
    /^(?<whole>0|[1-9]\d{0,19})(?:\.(?<fraction>\d{1,20}))?$/.exec(text)?.groups ?? {};
  if (whole === undefined) {
    throw new InvalidRationalError(JSON.stringify(text));
  }
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
};

export const multiplyRational = (left: Rational, right: Rational): Rational =>
  rational(left.num * right.num, left.den * right.den);

/** `InvalidRationalError` when the divisor is zero. */
export const divideRational = (dividend: Rational, divisor: Rational): Rational =>
  rational(dividend.num * divisor.den, dividend.den * divisor.num);

/** -1, 0 or 1 as the first number is less than, equal to or more than the second. */
export const compareRational = (left: Rational, right: Rational): -1 | 0 | 1 => {
  const difference = left.num * right.den - right.num * left.den;
  if (difference === 0n) {
    return 0;
  }
  // Stryker disable next-line EqualityOperator: none was answered above
  return difference < 0n ? -1 : 1;
};

/**
 * The number as a plain decimal for people to read, rounded half even to that many significant
 * digits (at least 1), without trailing zeros. Never parse it back: it is no longer exact.
 *
 * @example toDecimal({ num: 10_000n, den: 11_699n }, 6) // '0.854774'
 */
export const toDecimal = (value: Rational, significantDigits: number): string => {
  const decimals = significantDigits - 1 - magnitude(value);
  const scaled = multiplyRational(value, powerOfTen(decimals));
  const digits = roundQuotient(scaled.num, scaled.den, 'halfEven').toString();
  if (decimals <= 0) {
    return digits + '0'.repeat(-decimals);
  }
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`.replace(/\.?0+$/, '');
};

export const rationalToJson = (value: Rational): RationalJson => ({
  num: value.num.toString(),
  den: value.den.toString(),
});

/** The rational that `rationalToJson` wrote. `InvalidRationalError` for anything else. */
export const rationalFromJson = ({ num, den }: RationalJson): Rational => {
  if (!/^\d+$/.test(num) || !/^\d+$/.test(den)) {
    throw new InvalidRationalError(`${num}/${den}`);
  }
  return rational(BigInt(num), BigInt(den));
};

/** The exponent of the first significant digit: 2 for 123, -3 for 0.0045. */
const magnitude = (value: Rational): number => {
  const guess = value.num.toString().length - value.den.toString().length;
  // Stryker disable next-line EqualityOperator: of a power of ten, one more digit is a zero and dropped
  return compareRational(value, powerOfTen(guess)) < 0 ? guess - 1 : guess;
};

const powerOfTen = (exponent: number): Rational =>
  // Stryker disable next-line EqualityOperator: the power of zero is one over one either way
  exponent < 0
    ? { num: 1n, den: 10n ** BigInt(-exponent) }
    : { num: 10n ** BigInt(exponent), den: 1n };

const greatestCommonDivisor = (left: bigint, right: bigint): bigint => {
  let [dividend, divisor] = [left, right];
  while (divisor !== 0n) {
    [dividend, divisor] = [divisor, dividend % divisor];
  }
  return dividend;
};
