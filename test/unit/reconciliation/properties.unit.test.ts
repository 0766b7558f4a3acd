import fc from 'fast-check';
import { isTargetDay } from '../../../src/platform/target-calendar.ts';
import { businessDaysBetween } from '../../../src/reconciliation/business-days.ts';
import type { ReconItem } from '../../../src/reconciliation/item.ts';
import { sumOf } from '../../../src/reconciliation/item.ts';
import type { Reconciliation } from '../../../src/reconciliation/outcome.ts';
import { reconcile, type Sides } from '../../../src/reconciliation/reconcile.ts';
import { itemRecs } from '../../../src/reconciliation/recs.ts';
import { today } from './items.ts';

/** Few values, so that keys, amounts and currencies collide in every way. */
const value = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'RF18539007547034', 'RF19539007547034');
const key = fc.option(value, { nil: undefined });

const itemOf = (prefix: string): fc.Arbitrary<Omit<ReconItem, 'id'>> =>
  fc
    .record({
      currency: fc.constantFrom('EUR' as const, 'USD' as const, 'KWD' as const),
      amountMinor: fc.bigInt({ min: -4n, max: 4n }),
      date: fc.constantFrom('2026-04-01', '2026-06-24', '2026-06-26', '2026-06-29'),
      endToEndId: key,
      orderNumber: key,
      dealId: key,
      bankReference: key,
      lineId: key,
      payoutId: key,
      batchId: key,
      transactionId: key,
      structuredReference: key,
      parts: fc.option(fc.array(value, { maxLength: 3 }), { nil: undefined }),
      returned: fc.option(fc.constant('AC04'), { nil: undefined, freq: 4 }),
      name: fc.option(fc.constantFrom('Seller A', 'Seller B'), { nil: undefined }),
      sharesCharges: fc.boolean(),
    })
    .map(({ currency, amountMinor, date, parts, returned, name, sharesCharges, ...keys }) => ({
      currency,
      amountMinor,
      date,
      keys: Object.fromEntries(Object.entries(keys).filter(([, found]) => found !== undefined)),
      ...(parts === undefined || prefix === 'l' ? {} : { parts }),
      ...(returned === undefined ? {} : { returned }),
      ...(name === undefined ? {} : { name }),
      sharesCharges,
    }));

const side = (prefix: string): fc.Arbitrary<ReconItem[]> =>
  fc
    .array(itemOf(prefix), { maxLength: 14 })
    .map((items) => items.map((item, index) => ({ ...item, id: `${prefix}${index}` })));

const rec = fc.constantFrom(...Object.values(itemRecs));
const sides = fc.record({ left: side('l'), right: side('r') });

const idsIn = ({ matches, breaks, awaited }: Reconciliation): readonly string[] => [
  ...[...matches, ...breaks].flatMap((found) => [...found.left, ...found.right]),
  ...awaited,
];

const byIds = ({ left, right }: Sides): ReadonlyMap<string, ReconItem> =>
  new Map([...left, ...right].map((item) => [item.id, item]));

const calendar = { asOf: today };
const RUNS = 1_000;

describe('Whatever is matched', () => {
  it('comes out the same in whatever order it went in', () => {
    const shuffled = sides.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(given.left, { minLength: given.left.length }),
        fc.shuffledSubarray(given.right, { minLength: given.right.length }),
      ),
    );
    fc.assert(
      fc.property(rec, shuffled, (chosen, [given, left, right]) => {
        expect(reconcile(chosen, { left, right }, calendar)).toEqual(
          reconcile(chosen, given, calendar),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('is in one match or break or awaited, and never in two', () => {
    fc.assert(
      fc.property(rec, sides, (chosen, given) => {
        const ids = idsIn(reconcile(chosen, given, calendar));
        expect([...ids].sort()).toEqual([...byIds(given).keys()].sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('has one currency, and amounts that differ by exactly what is posted', () => {
    fc.assert(
      fc.property(rec, sides, (chosen, given) => {
        const items = byIds(given);
        const itemsOf = (ids: readonly string[]) => ids.map((id) => items.get(id) as ReconItem);
        for (const match of reconcile(chosen, given, calendar).matches) {
          const [left, right] = [itemsOf(match.left), itemsOf(match.right)];
          const currencies = new Set([...left, ...right].map((item) => item.currency));
          expect([...currencies]).toEqual([match.currency]);
          expect([match.leftMinor, match.rightMinor]).toEqual([sumOf(left), sumOf(right)]);
          expect(match.rightMinor - match.leftMinor).toBe(match.difference?.minor ?? 0n);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('conserves the total of each side and currency', () => {
    fc.assert(
      fc.property(rec, sides, (chosen, given) => {
        const outcome = reconcile(chosen, given, calendar);
        const items = byIds(given);
        const total = (ids: readonly string[], currency: string): bigint =>
          sumOf(
            ids.flatMap((id) => items.get(id) ?? []).filter((item) => item.currency === currency),
          );
        for (const currency of ['EUR', 'USD', 'KWD']) {
          const lefts = [...outcome.matches, ...outcome.breaks].flatMap((found) => found.left);
          const rights = [...outcome.matches, ...outcome.breaks].flatMap((found) => found.right);
          const all = (side: readonly ReconItem[]) =>
            sumOf(side.filter((item) => item.currency === currency));
          expect(total([...lefts, ...outcome.awaited], currency)).toBe(all(given.left));
          expect(total(rights, currency)).toBe(all(given.right));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('suggests only what is open, in one currency and amount', () => {
    fc.assert(
      fc.property(rec, sides, (chosen, given) => {
        const { suggestions, matches } = reconcile(chosen, given, calendar);
        const items = byIds(given);
        const matched = new Set(matches.flatMap((match) => [...match.left, ...match.right]));
        for (const { left, right } of suggestions) {
          const [one, other] = [items.get(left), items.get(right)];
          expect([matched.has(left), matched.has(right)]).toEqual([false, false]);
          expect([one?.currency, one?.amountMinor]).toEqual([other?.currency, other?.amountMinor]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('Business days', () => {
  it('are the days that are counted one by one', () => {
    const day = fc.integer({ min: 0, max: 2_000 });
    const dateOf = (offset: number) =>
      new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), day, (start, length, holiday) => {
        const holidays = new Set([dateOf(holiday)]);
        const days = Array.from({ length }, (_, index) => dateOf(start + 1 + index));
        const open = days.filter((date) => isTargetDay(date) && !holidays.has(date));
        expect(businessDaysBetween(dateOf(start), dateOf(start + length), holidays)).toBe(
          open.length,
        );
      }),
    );
  });
});
