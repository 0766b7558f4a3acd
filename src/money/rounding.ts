/**
 * How an exact quotient becomes a whole number. There is no default: each call names one.
 *
 * | mode       | 2.5 | 2.4 | 2.6 | 3.5 | -2.5 | -2.4 | used for                                |
 * |------------|-----|-----|-----|-----|------|------|-----------------------------------------|
 * | `floor`    |  2  |  2  |  2  |  3  |  -3  |  -3  | what a customer receives                |
 * | `ceil`     |  3  |  3  |  3  |  4  |  -2  |  -2  | what a customer pays                    |
 * | `halfEven` |  2  |  2  |  3  |  4  |  -2  |  -2  | statements and valuations               |
 * | `halfUp`   |  3  |  2  |  3  |  4  |  -3  |  -2  | what a contract or law rounds "as usual" |
 *
 * `floor` and `ceil` go down and up the number line; `halfUp` takes a tie away from zero.
 */
export type RoundingMode = 'floor' | 'ceil' | 'halfEven' | 'halfUp';

/**
 * `num / den` as a whole number, rounded once. `den` must be above zero.
 *
 * @example roundQuotient(5n, 2n, 'halfEven') // 2n
 */
export const roundQuotient = (num: bigint, den: bigint, rounding: RoundingMode): bigint => {
  if (den <= 0n) {
    throw new RangeError(`Expected a denominator above zero, received ${den}.`);
  }
  const truncated = num / den;
  const below = truncated * den > num ? truncated - 1n : truncated;
  const remainder = num - below * den;
  return roundsUp[rounding]({ below, doubled: 2n * remainder, den }) ? below + 1n : below;
};

/** The whole number below the quotient, and twice the distance from it, in units of 1 / `den`. */
type Position = { readonly below: bigint; readonly doubled: bigint; readonly den: bigint };

const roundsUp: Record<RoundingMode, (position: Position) => boolean> = {
  // Stryker disable next-line ArrowFunction: undefined is as little up as false
  floor: () => false,
  ceil: ({ doubled }) => doubled > 0n,
  halfEven: ({ below, doubled, den }) => doubled > den || (doubled === den && below % 2n !== 0n),
  halfUp: ({ below, doubled, den }) => doubled > den || (doubled === den && below >= 0n),
};
