import { allocate } from '../money/allocate.ts';
import type { CustomsItem, ParcelSpec } from './consignment.ts';

/** The carton that is declared while a trade does not describe its parcels. */
const STANDARD_CARTON = { lengthMm: 600, widthMm: 400, heightMm: 400 } as const;

/** What one person may lift, and what every carrier takes by its usual services. */
const MAX_CARTON_GRAMS = 30_000;

/**
 * The goods in as few standard cartons as their weight allows. Every line is spread over all cartons
 * by whole pieces, so that each carton has a declaration of its own, and all together are the whole.
 *
 * @example pack([{ quantity: 4, weightGrams: 50_000, ... }]).length // 2
 */
export function pack(items: readonly CustomsItem[]): readonly ParcelSpec[] {
  const totalGrams = sum(items.map(({ weightGrams }) => weightGrams));
  const wanted = Math.max(1, Math.ceil(totalGrams / MAX_CARTON_GRAMS));
  if (wanted === 1) return [cartonOf(items)];
  return shareOut(items, Math.min(wanted, mostCartons(items))).map(cartonOf);
}

/** A piece that is split is no piece: there are never more cartons than the largest line has. */
export const mostCartons = (items: readonly Pick<CustomsItem, 'quantity'>[]): number =>
  Math.max(...items.map(({ quantity }) => quantity));

/** The lines of each of so many cartons; all together are the whole declaration. */
export function shareOut(
  items: readonly CustomsItem[],
  count: number,
): readonly (readonly CustomsItem[])[] {
  const cartons = Array.from({ length: count }, (): CustomsItem[] => []);
  let next = 0;
  for (const item of items) {
    const pieces = spread(item.quantity, count).map((quantity, index) => ({
      quantity,
      carton: (next + index) % count,
    }));
    next += item.quantity % count;
    const used = pieces.filter(({ quantity }) => quantity > 0);
    const quantities = used.map(({ quantity }) => quantity);
    const values = allocate(item.value, quantities.map(BigInt));
    const grams = splitGrams(item.weightGrams, quantities);
    used.forEach(({ quantity, carton }, index) => {
      cartons[carton]?.push({
        ...item,
        quantity,
        value: values[index] ?? item.value,
        weightGrams: grams[index] ?? 0,
      });
    });
  }
  return cartons;
}

const cartonOf = (items: readonly CustomsItem[]): ParcelSpec => ({
  ...STANDARD_CARTON,
  weightGrams: sum(items.map(({ weightGrams }) => weightGrams)),
  items,
});

/** Whole pieces, as evenly as they go. */
const spread = (quantity: number, parts: number): readonly number[] =>
  Array.from(
    { length: parts },
    (_, index) => Math.floor(quantity / parts) + Number(index < quantity % parts),
  );

/** A weight in proportion to the pieces, to the gram: the parts add up to the whole. */
function splitGrams(grams: number, quantities: readonly number[]): readonly number[] {
  const total = sum(quantities);
  let pieces = 0;
  return quantities.map((quantity) => {
    const before = Math.floor((grams * pieces) / total);
    pieces += quantity;
    return Math.floor((grams * pieces) / total) - before;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
