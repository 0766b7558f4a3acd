import fc from 'fast-check';
import {
  add,
  assertPositive,
  compare,
  isNegative,
  isZero,
  largestAmountMinor,
  type Money,
  money,
  negate,
  subtract,
  sum,
  zero,
} from '../../../src/money/money.ts';
import { anyAmountMinor, anyCurrency, anyMoney } from './arbitraries.ts';

/** As `add` sees amounts whose currency was only known at run time. */
const dollars: Money = money('USD', 100n);
const euros: Money = money('EUR', 100n);

describe('Money of one currency', () => {
  it('adds, subtracts and negates minor units', () => {
    expect(add(money('USD', 5n), money('USD', 7n))).toEqual(money('USD', 12n));
    expect(subtract(money('USD', 5n), money('USD', 7n))).toEqual(money('USD', -2n));
    expect(negate(money('USD', 5n))).toEqual(money('USD', -5n));
  });

  it('compares by amount', () => {
    expect(compare(money('JPY', 1n), money('JPY', 2n))).toBe(-1);
    expect(compare(money('JPY', 2n), money('JPY', 2n))).toBe(0);
    expect(compare(money('JPY', 3n), money('JPY', 2n))).toBe(1);
  });

  it('sums a list, and an empty list to zero', () => {
    expect(sum('KWD', [money('KWD', 1_000n), money('KWD', -1n)])).toEqual(money('KWD', 999n));
    expect(sum('KWD', [])).toEqual(zero('KWD'));
  });

  it('is sent and stored up to eighteen nines', () => {
    expect(largestAmountMinor).toBe(999_999_999_999_999_999n);
  });

  it('knows its sign', () => {
    expect([-1n, 0n, 1n].map((amount) => isNegative(money('EUR', amount)))).toEqual([
      true,
      false,
      false,
    ]);
    expect([-1n, 0n, 1n].map((amount) => isZero(money('EUR', amount)))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('stays exact far beyond the range of floats', () => {
    expect(add(money('IDR', 10n ** 30n), money('IDR', 1n)).amountMinor).toBe(10n ** 30n + 1n);
  });

  it('adds in any order to the same amount, and subtracting undoes adding', () => {
    fc.assert(
      fc.property(anyCurrency, anyAmountMinor, anyAmountMinor, (currency, left, right) => {
        const [augend, addend] = [money(currency, left), money(currency, right)];
        const total = add(augend, addend);
        expect(add(addend, augend)).toEqual(total);
        expect(subtract(total, addend)).toEqual(augend);
        expect(total.amountMinor).toBe(left + right);
      }),
    );
  });

  it('has a zero that changes nothing and an opposite that cancels', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(add(amount, zero(amount.currency))).toEqual(amount);
        expect(isZero(add(amount, negate(amount)))).toBe(true);
      }),
    );
  });
});

describe('Money of two currencies', () => {
  const mismatch = expect.objectContaining({
    code: 'money.currency_mismatch',
    expected: 'USD',
    received: 'EUR',
    message: 'Expected an amount in USD but received one in EUR.',
  });

  it.each([
    ['added', () => add(dollars, euros)],
    ['subtracted', () => subtract(dollars, euros)],
    ['compared', () => compare(dollars, euros)],
    ['summed', () => sum(dollars.currency, [dollars, euros])],
  ])('cannot be %s', (_, operation) => {
    expect(operation).toThrow(mismatch);
  });
});

describe('An amount that must be positive', () => {
  it('passes above zero', () => {
    expect(() => assertPositive(money('USD', 1n))).not.toThrow();
  });

  it.each([0n, -1n])('is refused at %p', (amountMinor) => {
    expect(() => assertPositive(money('USD', amountMinor))).toThrow(
      expect.objectContaining({
        code: 'money.amount_not_positive',
        currency: 'USD',
        amountMinor,
        message: `Expected more than zero USD but received ${amountMinor} minor units.`,
      }),
    );
  });
});
