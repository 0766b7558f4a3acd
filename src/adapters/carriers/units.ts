import { isCurrencyCode, minorUnitDigits } from '../../money/currency.ts';
import { type Money, money } from '../../money/money.ts';
import { roundQuotient } from '../../money/rounding.ts';

/**
 * The avoirdupois ounce is 28.349523125 g and the inch 25.4 mm, both by definition, so the
 * conversions are exact up to their one rounding: up, to a tenth. A parcel is never declared
 * lighter or smaller than it is.
 */
const NANOGRAMS_PER_OUNCE = 28_349_523_125n;
const NANOGRAMS_PER_GRAM = 1_000_000_000n;

const ounceTenths = (grams: number): number =>
  Number(roundQuotient(BigInt(grams) * NANOGRAMS_PER_GRAM * 10n, NANOGRAMS_PER_OUNCE, 'ceil'));

/**
 * Whole grams as ounces, rounded up to 0.1.
 *
 * @example gramsToOunces(500) // 17.7
 */
export const gramsToOunces = (grams: number): number => ounceTenths(grams) / 10;

/**
 * A parcel's weight in ounces, rounded up to 0.1, and at least the sum of its lines: each line is
 * rounded up on its own, and a parcel lighter than its declared contents is refused by carriers.
 */
export const parcelOunces = (parcelGrams: number, lineGrams: readonly number[]): number => {
  const lines = lineGrams.reduce((sum, grams) => sum + ounceTenths(grams), 0);
  return Math.max(ounceTenths(parcelGrams), lines) / 10;
};

/**
 * Whole millimeters as inches, rounded up to 0.1.
 *
 * @example millimetersToInches(254) // 10
 */
export const millimetersToInches = (millimeters: number): number =>
  Number(roundQuotient(BigInt(millimeters) * 100n, 254n, 'ceil')) / 10;

/** The avoirdupois pound is 16 ounces. */
const OUNCES_PER_POUND = 16n;

/**
 * Whole grams as pounds, rounded up to 0.1.
 *
 * @example gramsToPounds(1_000) // 2.3
 */
export const gramsToPounds = (grams: number): number =>
  Number(
    roundQuotient(
      BigInt(grams) * NANOGRAMS_PER_GRAM * 10n,
      NANOGRAMS_PER_OUNCE * OUNCES_PER_POUND,
      'ceil',
    ),
  ) / 10;

/**
 * Whole grams as kilograms, exactly.
 *
 * @example gramsToKilograms(1_250) // 1.25
 */
export const gramsToKilograms = (grams: number): number => grams / 1_000;

/**
 * Whole millimeters as centimeters, rounded up to 0.1.
 *
 * @example millimetersToCentimeters(255) // 25.5
 */
export const millimetersToCentimeters = (millimeters: number): number => millimeters / 10;

/** Whole millimeters as whole centimeters, rounded up, for carriers that know no fractions. */
export const millimetersToWholeCentimeters = (millimeters: number): number =>
  Number(roundQuotient(BigInt(millimeters), 10n, 'ceil'));

/**
 * EasyPost's `{ rate: '33.10', currency: 'USD' }` as exact minor units, read as text and never as a
 * float. What a currency can't express (`"5.93500"` of dollars) is rounded up: a cost is never
 * understated. Undefined for anything that is not a price.
 */
export const parsePrice = (amount: unknown, currency: unknown): Money | undefined => {
  const code = typeof currency === 'string' ? currency.toUpperCase() : 'USD';
  const match = typeof amount === 'string' ? /^(\d{1,15})(?:\.(\d{1,10}))?$/.exec(amount) : null;
  if (match === null || !isCurrencyCode(code)) return undefined;
  const [, whole = '', fraction = ''] = match;
  const scaled = BigInt(whole + fraction) * 10n ** BigInt(minorUnitDigits(code));
  return money(code, roundQuotient(scaled, 10n ** BigInt(fraction.length), 'ceil'));
};

/**
 * A price that came as a JSON number, as DHL sends it: its shortest text is what was written, so that
 * the number is never calculated with. Undefined for anything that is not a price.
 */
export const parsePriceNumber = (amount: unknown, currency: unknown): Money | undefined =>
  typeof amount === 'number' && amount >= 0 && amount < 1e12
    ? parsePrice(String(amount), currency)
    : undefined;
