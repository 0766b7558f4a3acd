/** Numbers that follow from a seed, and nothing else (sfc32, a small fast counter generator). */
export type Random = {
  /** A whole number from 0 to `bound - 1`. */
  readonly below: (bound: number) => number;
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  /** A number from 0 up to, not including, 1. */
  readonly unit: () => number;
  /** True with that probability; draws nothing where the answer is certain. */
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
};

const UINT32 = 4_294_967_296;
const WARM_UP_ROUNDS = 12;

/** A generator for a seed and a stream of it: streams of one seed are independent. */
export function createRandom(seed: number, stream = 0): Random {
  let a = seed | 0;
  let b = stream | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) next();

  const unit = (): number => next() / UINT32;
  const below = (bound: number): number => Math.floor(unit() * bound);
  return {
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => probability > 0 && (probability >= 1 || unit() < probability),
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('Nothing to pick from.');
      return items[below(items.length)] as T;
    },
  };
}

/** The seed of the `index`th part of what a seed stands for. */
export const partSeed = (seed: number, index: number): number =>
  createRandom(seed, index + 1).below(UINT32);
