import * as fc from 'fast-check';
import {
  gramsToKilograms,
  gramsToOunces,
  gramsToPounds,
  millimetersToCentimeters,
  millimetersToInches,
  millimetersToWholeCentimeters,
  parcelOunces,
  parsePrice,
  parsePriceNumber,
} from '../../../src/adapters/carriers/units.ts';
import { toMajorString } from '../../../src/money/format.ts';
import { money } from '../../../src/money/money.ts';

describe('weights and lengths', () => {
  it.each([
    [0, 0],
    [1, 0.1],
    [28, 1],
    [29, 1.1],
    [500, 17.7],
    [1000, 35.3],
    [30_000, 1058.3],
  ])('%d g is %d oz', (grams, ounces) => {
    expect(gramsToOunces(grams)).toBe(ounces);
  });

  it.each([
    [1, 0.1],
    [254, 10],
    [255, 10.1],
    [1000, 39.4],
  ])('%d mm is %d in', (millimeters, inches) => {
    expect(millimetersToInches(millimeters)).toBe(inches);
  });

  it.each([
    [0, 0, 0],
    [1, 0.1, 0.001],
    [453, 1, 0.453],
    [454, 1.1, 0.454],
    [1_250, 2.8, 1.25],
    [30_000, 66.2, 30],
  ])('%d g is %d lb and %d kg', (grams, pounds, kilograms) => {
    expect(gramsToPounds(grams)).toBe(pounds);
    expect(gramsToKilograms(grams)).toBe(kilograms);
  });

  it.each([
    [1, 0.1, 1],
    [10, 1, 1],
    [255, 25.5, 26],
    [600, 60, 60],
  ])('%d mm is %d cm, or %d whole ones', (millimeters, centimeters, whole) => {
    expect(millimetersToCentimeters(millimeters)).toBe(centimeters);
    expect(millimetersToWholeCentimeters(millimeters)).toBe(whole);
  });

  it('are never declared below what they are, nor a tenth above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (value) => {
        const grams = gramsToOunces(value) * 28.349523125;
        expect(grams).toBeGreaterThanOrEqual(value - 1e-6);
        expect(grams).toBeLessThan(value + 2.84);
        const millimeters = millimetersToInches(value) * 25.4;
        expect(millimeters).toBeGreaterThanOrEqual(value - 1e-6);
        expect(millimeters).toBeLessThan(value + 2.55);
      }),
    );
  });

  it('make a parcel at least as heavy as its declared lines', () => {
    expect(parcelOunces(500, [400])).toBe(17.7);
    expect(parcelOunces(3, [1, 1, 1])).toBe(0.3);
    expect(parcelOunces(100, [33, 33, 34])).toBe(3.6);
  });
});

describe('a price', () => {
  it.each([
    ['33.10', 'USD', 3_310n],
    ['0.02000', 'USD', 2n],
    ['5.93500', 'USD', 594n],
    ['12', 'usd', 1_200n],
    ['1250', 'JPY', 1_250n],
    ['1250.4', 'JPY', 1_251n],
    ['7.125', 'KWD', 7_125n],
    ['90071992547409.93', 'EUR', 9_007_199_254_740_993n],
  ])('%s %s is exact in minor units', (amount, currency, minor) => {
    expect(parsePrice(amount, currency)?.amountMinor).toBe(minor);
  });

  it('is in dollars unless it says otherwise, as at EasyPost', () => {
    expect(parsePrice('1.00', null)).toEqual(money('USD', 100n));
  });

  it.each([
    [12.5, 'USD'],
    ['-1.00', 'USD'],
    ['1e3', 'USD'],
    ['1,000.00', 'USD'],
    ['', 'USD'],
    ['1.00', 'XAU'],
    ['1.00', 'dollars'],
    [null, 'USD'],
  ])('is not read from %j %s', (amount, currency) => {
    expect(parsePrice(amount, currency)).toBeUndefined();
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (minor) => {
        const price = money('USD', minor);
        expect(parsePrice(toMajorString(price), 'USD')).toEqual(price);
      }),
    );
  });
});

describe('a price that came as a number', () => {
  it.each([
    [147.5, 'USD', 14_750n],
    [89.25, 'eur', 8_925n],
    [0.1, 'USD', 10n],
    [1_250, 'JPY', 1_250n],
  ])('%d %s', (amount, currency, minor) => {
    expect(parsePriceNumber(amount, currency)?.amountMinor).toBe(minor);
  });

  it.each([['147.5'], [-1], [Number.NaN], [1e12], [1e-9]])('%p is none', (amount) => {
    expect(parsePriceNumber(amount, 'USD')).toBeUndefined();
  });
});
