import { dinero, allocate as dineroAllocate, toSnapshot, USD } from 'dinero.js/bigint';
import fc from 'fast-check';
import { allocate, shareByBasisPoints } from '../../../src/money/allocate.ts';
import { money, sum } from '../../../src/money/money.ts';
import { anyMoney, anyWeights } from './arbitraries.ts';

const sharesOf = (amountMinor: bigint, weights: readonly bigint[]) =>
  allocate(money('USD', amountMinor), weights).map((share) => share.amountMinor);

describe('Allocating an amount', () => {
  it('gives what is left over to the earliest of equal shares', () => {
    expect(sharesOf(10_000n, [1n, 1n, 1n])).toEqual([3_334n, 3_333n, 3_333n]);
    expect(sharesOf(5n, [50n, 30n, 20n])).toEqual([3n, 1n, 1n]);
    const forty = Array<bigint>(40);
    expect(sharesOf(45n, forty.fill(1n))).toEqual([...forty.fill(2n, 0, 5)]);
  });

  it('gives what is left over to the share that lost most, not to the largest', () => {
    expect(sharesOf(101n, [1n, 9n])).toEqual([10n, 91n]);
    expect(sharesOf(109n, [9n, 1n])).toEqual([98n, 11n]);
  });

  it('gives nothing to a weight of zero', () => {
    expect(sharesOf(7n, [0n, 1n, 0n, 1n])).toEqual([0n, 4n, 0n, 3n]);
  });

  it('splits a negative amount as the mirror of the positive one', () => {
    expect(sharesOf(-10_000n, [1n, 1n, 1n])).toEqual([-3_334n, -3_333n, -3_333n]);
  });

  it('splits nothing into nothings', () => {
    expect(sharesOf(0n, [1n, 2n])).toEqual([0n, 0n]);
  });

  it.each([
    [[], '[]'],
    [[0n, 0n], '[0, 0]'],
    [[3n, -1n], '[3, -1]'],
  ])('refuses weights that divide nothing: %p', (weights, listed) => {
    expect(() => sharesOf(100n, weights)).toThrow(
      expect.objectContaining({
        code: 'money.weights_invalid',
        weights,
        message: `Weights must not be negative and at least one must be above zero, received ${listed}.`,
      }),
    );
  });

  it('conserves every minor unit', () => {
    fc.assert(
      fc.property(anyMoney, anyWeights, (amount, weights) => {
        const shares = allocate(amount, weights);
        expect(shares).toHaveLength(weights.length);
        expect(sum(amount.currency, shares)).toEqual(amount);
      }),
    );
  });

  it('keeps every share within one minor unit of its exact part', () => {
    fc.assert(
      fc.property(anyMoney, anyWeights, (amount, weights) => {
        const total = weights.reduce((left, right) => left + right);
        allocate(amount, weights).forEach((share, index) => {
          const distance = share.amountMinor * total - amount.amountMinor * (weights[index] ?? 0n);
          expect(distance < total && distance > -total).toBe(true);
        });
      }),
    );
  });

  it('agrees with dinero.js wherever the division leaves nothing over', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        anyWeights,
        (unit, weights) => {
          const amount = unit * weights.reduce((left, right) => left + right);
          const expected = dineroAllocate(dinero({ amount, currency: USD }), weights);
          expect(sharesOf(amount, weights)).toEqual(
            expected.map((share) => toSnapshot(share).amount),
          );
        },
      ),
    );
  });
});

describe('A share in basis points', () => {
  it('is the worked fee of the ledger: 2.5 % of 4,600.00', () => {
    expect(shareByBasisPoints(money('USD', 460_000n), 250, 'halfEven')).toEqual(
      money('USD', 11_500n),
    );
  });

  it('rounds as the caller says', () => {
    const amount = money('EUR', 10n);
    expect(shareByBasisPoints(amount, 2_500, 'floor')).toEqual(money('EUR', 2n));
    expect(shareByBasisPoints(amount, 2_500, 'ceil')).toEqual(money('EUR', 3n));
    expect(shareByBasisPoints(amount, 2_500, 'halfEven')).toEqual(money('EUR', 2n));
    expect(shareByBasisPoints(amount, 2_500, 'halfUp')).toEqual(money('EUR', 3n));
  });

  it('is the whole at 100 % and nothing at 0 %', () => {
    expect(shareByBasisPoints(money('JPY', 7n), 10_000, 'floor')).toEqual(money('JPY', 7n));
    expect(shareByBasisPoints(money('JPY', 7n), 0, 'ceil')).toEqual(money('JPY', 0n));
  });
});
