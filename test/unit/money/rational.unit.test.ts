import fc from 'fast-check';
import {
  compareRational,
  divideRational,
  multiplyRational,
  one,
  parseDecimal,
  rational,
  rationalFromJson,
  rationalToJson,
  toDecimal,
} from '../../../src/money/rational.ts';

const anyPositive = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 25n }), fc.bigInt({ min: 1n, max: 10n ** 25n }))
  .map(([num, den]) => rational(num, den));

const invalid = (received: string) =>
  expect.objectContaining({
    code: 'money.rational_invalid',
    message: `Expected a non-negative exact number, received ${received}.`,
  });

describe('An exact number', () => {
  it('is kept in lowest terms', () => {
    expect(rational(6n, 4n)).toEqual({ num: 3n, den: 2n });
    expect(rational(0n, 7n)).toEqual({ num: 0n, den: 1n });
  });

  it.each([
    [-1n, 1n],
    [1n, 0n],
    [1n, -1n],
  ])('is never %p over %p', (num, den) => {
    expect(() => rational(num, den)).toThrow(invalid(`${num}/${den}`));
  });

  it('is undone by its own inverse, however long its decimals', () => {
    fc.assert(
      fc.property(anyPositive, anyPositive, (left, right) => {
        expect(divideRational(multiplyRational(left, right), right)).toEqual(left);
        expect(multiplyRational(left, divideRational(one, left))).toEqual(one);
      }),
    );
  });

  it('cannot be divided by zero', () => {
    expect(() => divideRational(one, rational(0n, 1n))).toThrow(invalid('1/0'));
  });

  it('compares by value', () => {
    expect(compareRational(rational(1n, 3n), rational(1n, 2n))).toBe(-1);
    expect(compareRational(rational(2n, 4n), rational(1n, 2n))).toBe(0);
    expect(compareRational(rational(2n, 3n), rational(1n, 2n))).toBe(1);
  });
});

describe('A decimal', () => {
  it.each([
    ['1.1699', 11_699n, 10_000n],
    ['356.30', 3_563n, 10n],
    ['0.86178', 43_089n, 50_000n],
    ['20398.91', 2_039_891n, 100n],
    ['7', 7n, 1n],
    ['0', 0n, 1n],
  ])('%s is exactly %p over %p', (text, num, den) => {
    expect(parseDecimal(text)).toEqual({ num, den });
  });

  it.each(['', '-1', '+1', '1e3', '1.', '.5', '01', '1,5', ' 1', '1\n', 'NaN', '1'.repeat(21)])(
    'is not %p',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(invalid(JSON.stringify(text)));
    },
  );
});

describe('A number for display', () => {
  it.each([
    ['1.1699', 6, '1.1699'],
    ['1.16405050', 6, '1.16405'],
    ['0.0000123456', 3, '0.0000123'],
    ['17670.86', 6, '17670.9'],
    ['1234567', 3, '1230000'],
    ['1000', 2, '1000'],
    ['999.9', 3, '1000'],
    ['0.09999', 2, '0.1'],
    ['2.5', 1, '2'],
    ['3.5', 1, '4'],
    ['100', 6, '100'],
    ['10.5', 3, '10.5'],
    ['0', 6, '0'],
  ])('%s at %p significant digits reads %s', (text, digits, expected) => {
    expect(toDecimal(parseDecimal(text), digits)).toBe(expected);
  });

  it('of a ratio without end is cut where it is told to', () => {
    expect(toDecimal(rational(10_000n, 11_699n), 6)).toBe('0.854774');
    expect(toDecimal(rational(2n, 3n), 4)).toBe('0.6667');
  });

  it('is as near to the exact number as its digits allow', () => {
    fc.assert(
      fc.property(anyPositive, fc.integer({ min: 1, max: 15 }), (value, digits) => {
        const [, whole = '', fraction = ''] =
          /^(\d+)(?:\.(\d+))?$/.exec(toDecimal(value, digits)) ?? [];
        const shown = rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
        const error = value.num * shown.den - shown.num * value.den;
        const size = error < 0n ? -error : error;
        expect(size * 2n * 10n ** BigInt(digits - 1) <= value.num * shown.den).toBe(true);
      }),
    );
  });
});

describe('The JSON form of an exact number', () => {
  it('is two integers as text, and reads back the same', () => {
    expect(rationalToJson(rational(3n, 2n))).toEqual({ num: '3', den: '2' });
    fc.assert(
      fc.property(anyPositive, (value) => {
        expect(rationalFromJson(rationalToJson(value))).toEqual(value);
      }),
    );
  });

  it.each([
    { num: '1.5', den: '1' },
    { num: '1', den: '' },
    { num: '-1', den: '1' },
    { num: '1', den: '1.5' },
    { num: '1x', den: '1' },
    { num: '1', den: '0' },
  ])('is not %p', (json) => {
    expect(() => rationalFromJson(json)).toThrow(invalid(`${json.num}/${json.den}`));
  });
});
