import fc from 'fast-check';
import { type RoundingMode, roundQuotient } from '../../../src/money/rounding.ts';

const modes: RoundingMode[] = ['floor', 'ceil', 'halfEven', 'halfUp'];

describe('A quotient between two whole numbers', () => {
  // Tenths: 25 is 2.5. The columns follow `modes`.
  it.each([
    [25n, [2n, 3n, 2n, 3n]],
    [24n, [2n, 3n, 2n, 2n]],
    [26n, [2n, 3n, 3n, 3n]],
    [35n, [3n, 4n, 4n, 4n]],
    [5n, [0n, 1n, 0n, 1n]],
    [1n, [0n, 1n, 0n, 0n]],
    [-25n, [-3n, -2n, -2n, -3n]],
    [-24n, [-3n, -2n, -2n, -2n]],
    [-26n, [-3n, -2n, -3n, -3n]],
    [-35n, [-4n, -3n, -4n, -4n]],
    [-5n, [-1n, 0n, 0n, -1n]],
  ])('of %p tenths rounds as the table says', (tenths, expected) => {
    expect(modes.map((mode) => roundQuotient(tenths, 10n, mode))).toEqual(expected);
  });

  it('lies less than one from every rounding, and at most a half from the nearest ones', () => {
    const parts = [
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.bigInt({ min: 1n, max: 10n ** 20n }),
    ] as const;
    fc.assert(
      fc.property(...parts, fc.constantFrom(...modes), (num, den, mode) => {
        const distance = roundQuotient(num, den, mode) * den - num;
        const size = distance < 0n ? -distance : distance;
        expect(size < den).toBe(true);
        expect(mode.startsWith('half') ? size * 2n <= den : true).toBe(true);
        expect(mode === 'floor' ? distance <= 0n : true).toBe(true);
        expect(mode === 'ceil' ? distance >= 0n : true).toBe(true);
      }),
    );
  });
});

describe('A quotient that is whole', () => {
  it.each(modes)('stays as it is under %s', (mode) => {
    expect(roundQuotient(20n, 10n, mode)).toBe(2n);
    expect(roundQuotient(-20n, 10n, mode)).toBe(-2n);
    expect(roundQuotient(0n, 10n, mode)).toBe(0n);
  });
});

describe('A denominator of zero or less', () => {
  it.each([0n, -1n])('is refused: %p', (den) => {
    expect(() => roundQuotient(1n, den, 'floor')).toThrow(
      new RangeError(`Expected a denominator above zero, received ${den}.`),
    );
  });
});
