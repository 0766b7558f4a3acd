import type { CurrencyCode } from './currency.ts';
import { InvalidWeightsError } from './errors.ts';
import { isNegative, type Money, money, negate } from './money.ts';
import { type RoundingMode, roundQuotient } from './rounding.ts';

/**
 * Splits an amount in proportion to the weights, by largest remainder: every share is rounded
 * down, and the minor units left over go one each to the shares that lost most by it, the earlier
 * one where two lost the same. The shares always sum to the amount, and none is more than one
 * minor unit away from its exact part. A negative amount is split as its positive, then negated.
 *
 * dinero.js leaves its remainder with the largest weights instead, so this is our own.
 *
 * `InvalidWeightsError` unless every weight is zero or more and one is above zero.
 *
 * @example allocate(money('USD', 10_000n), [1n, 1n, 1n]) // 33.34, 33.33, 33.33
 */
export const allocate = <C extends CurrencyCode>(
  amount: Money<C>,
  weights: readonly bigint[],
): Money<C>[] => {
  const total = weights.reduce((subtotal, weight) => subtotal + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) {
    throw new InvalidWeightsError(weights);
  }
  if (isNegative(amount)) {
    return allocatePositive(negate(amount), { weights, total }).map(negate);
  }
  return allocatePositive(amount, { weights, total });
};

/**
 * The part of an amount that a rate in basis points (hundredths of a percent) stands for, such as
 * a platform fee. The caller names the rounding, because it decides who keeps the fraction.
 *
 * @example shareByBasisPoints(money('USD', 460_000n), 250, 'halfEven') // 115.00
 */
export const shareByBasisPoints = <C extends CurrencyCode>(
  amount: Money<C>,
  basisPoints: number,
  rounding: RoundingMode,
): Money<C> =>
  money(
    amount.currency,
    roundQuotient(amount.amountMinor * BigInt(basisPoints), 10_000n, rounding),
  );

const allocatePositive = <C extends CurrencyCode>(
  amount: Money<C>,
  { weights, total }: { weights: readonly bigint[]; total: bigint },
): Money<C>[] => {
  const parts = weights.map((weight, index) => {
    const exact = amount.amountMinor * weight;
    return { index, share: exact / total, lost: exact % total };
  });
  const leftOver = parts.reduce((rest, { share }) => rest - share, amount.amountMinor);
  const favored = new Set(
    parts
      .toSorted((left, right) => byLargestLoss(left.lost, right.lost))
      .filter((_, rank) => BigInt(rank) < leftOver)
      .map(({ index }) => index),
  );
  return parts.map(({ index, share }) =>
    money(amount.currency, favored.has(index) ? share + 1n : share),
  );
};

/** Equal losses stay in their order. */
const byLargestLoss = (left: bigint, right: bigint): number => {
  // Stryker disable next-line all: toSorted is stable, and takes 0 and 1 alike: not before
  if (left === right) return 0;
  // Stryker disable next-line EqualityOperator: equal ones were answered above
  return left > right ? -1 : 1;
};
