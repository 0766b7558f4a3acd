import type { Money } from '../../../../src/money/money.ts';

/** Exact arithmetic of the reference model, apart from the product's own. */
export const ceilDivide = (numerator: bigint, denominator: bigint): bigint =>
  (numerator + denominator - 1n) / denominator;

const BASIS_POINTS = 10_000n;

/** The part of an amount that a rate in basis points takes, rounded down. */
export const floorShare = (amountMinor: bigint, basisPoints: number): bigint =>
  (amountMinor * BigInt(basisPoints)) / BASIS_POINTS;

const digitsByCurrency = new Map<string, bigint>();

/** Minor units of one major unit, as the platform's own tables of currencies have it. */
export function minorPerMajor(currency: string): bigint {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const minor = 10n ** BigInt(maximumFractionDigits);
  digitsByCurrency.set(currency, minor);
  return minor;
}

export type Ratio = { readonly num: string; readonly den: string };

/** Of three decimals the provider moves tens only. */
export const stepOf = (currency: string): bigint => (minorPerMajor(currency) === 1_000n ? 10n : 1n);

/** What must be sold at a rate to buy an amount, rounded up once. */
export const soldFor = (buy: Money, rate: Ratio, sellCurrency: string): bigint =>
  ceilDivide(
    buy.amountMinor * BigInt(rate.den) * minorPerMajor(sellCurrency),
    BigInt(rate.num) * minorPerMajor(buy.currency),
  );

export const isSame = (left: Money, right: Money): boolean =>
  left.currency === right.currency && left.amountMinor === right.amountMinor;

export const shown = ({ currency, amountMinor }: Money): string => `${amountMinor} ${currency}`;
