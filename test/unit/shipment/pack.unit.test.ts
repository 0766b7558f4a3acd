import * as fc from 'fast-check';
import { money } from '../../../src/money/money.ts';
import type { CustomsItem } from '../../../src/shipment/consignment.ts';
import { pack } from '../../../src/shipment/pack.ts';

const item = (quantity: number, weightGrams: number, cents = 1_000n): CustomsItem => ({
  ...{ description: 'Camera lenses', hsCode: '900211', originCountry: 'KR' },
  ...{ quantity, weightGrams, value: money('USD', cents) },
});

const anyItem = fc
  .tuple(
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 90_000 }),
    fc.bigInt({ min: 0n, max: 10_000_000n }),
  )
  .map(([quantity, grams, cents]) => item(quantity, grams, cents));

describe('Packing', () => {
  it('takes one carton up to what a person may lift', () => {
    const goods = [item(20, 30_000)];
    expect(pack(goods)).toEqual([
      { lengthMm: 600, widthMm: 400, heightMm: 400, weightGrams: 30_000, items: goods },
    ]);
  });

  it('spreads heavier goods over more cartons, by whole pieces', () => {
    const [first, second, third] = pack([item(4, 70_000)]);
    const quantities = [first, second, third].map((carton) => carton?.items?.[0]?.quantity);
    expect(quantities).toEqual([2, 1, 1]);
    expect(first?.weightGrams).toBe(35_000);
  });

  it('never splits a piece', () => {
    expect(pack([item(1, 90_000)])).toHaveLength(1);
    expect(pack([item(2, 300_000)])).toHaveLength(2);
  });

  it('declares exactly the goods, all cartons together, and no empty carton', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { minLength: 1, maxLength: 6 }), (goods) => {
        const cartons = pack(goods);
        const packed = cartons.flatMap(({ items = [] }) => items);
        const total = (lines: readonly CustomsItem[]) => ({
          pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
          grams: lines.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
          cents: lines.reduce((sum, { value }) => sum + value.amountMinor, 0n),
        });
        expect(total(packed)).toEqual(total(goods));
        expect(cartons.every(({ items = [] }) => items.length > 0)).toBe(true);
        for (const { items = [], weightGrams } of cartons) {
          expect(weightGrams).toBe(total(items).grams);
        }
      }),
    );
  });
});
