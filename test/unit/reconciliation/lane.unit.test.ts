import fc from 'fast-check';
import { type Lane, type LaneItem, linksOf, settleLane } from '../../../src/reconciliation/lane.ts';
import { digestOfNumber } from '../../../src/reconciliation/order-numbers.ts';
import { compareTotals } from '../../../src/reconciliation/totals.ts';
import { item, today } from './items.ts';

const calendar = { asOf: today };

const left = (
  rec: 'C' | 'D' | 'E' | 'G',
  id: string,
  minor: bigint,
  keys: LaneItem['item']['keys'],
) =>
  ({
    lane: rec === 'D' ? 'bank_out' : 'bank_in',
    ...{ side: 'left', rec, item: item(id, minor, { keys }) },
  }) satisfies LaneItem;

const right = (lane: Lane, id: string, minor: bigint, keys: LaneItem['item']['keys'] = {}) =>
  ({ lane, side: 'right', rec: null, item: item(id, minor, { keys }) }) satisfies LaneItem;

describe('What comes in at the bank', () => {
  const payout = left('C', 'po', 500n, { payoutId: 'po_1', traceId: 'T1' });
  const order = left('E', 'order', 700n, { orderNumber: 'PO-7' });

  it('is a payout of the provider’s, a buyer’s transfer, or nobody’s, in this order', () => {
    const lines = [
      right('bank_in', 'a', 500n, { traceId: 'T1' }),
      right('bank_in', 'b', 700n, { orderNumber: 'PO-7' }),
      right('bank_in', 'c', 900n),
    ];
    const { matches, breaks } = settleLane('bank_in', [payout, order, ...lines], calendar);
    expect(matches.map(({ rec, left: [l], right: [r] }) => [rec, l, r])).toEqual([
      ['C', 'po', 'a'],
      ['E', 'order', 'b'],
    ]);
    expect(breaks).toMatchObject([{ rec: 'E', type: 'unexpected', right: ['c'] }]);
  });

  it('is never matched twice, though both would take it', () => {
    const both = right('bank_in', 'a', 500n, { traceId: 'T1', orderNumber: 'PO-7' });
    const same = left('E', 'order', 500n, { orderNumber: 'PO-7' });
    const { matches, awaited } = settleLane('bank_in', [payout, same, both], calendar);
    expect(matches.map(({ rec }) => rec)).toEqual(['C']);
    expect(awaited).toEqual(['order']);
  });
});

/** Few values, so that keys collide in every way. */
const key = fc.option(fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6'), { nil: undefined });

const laneItem = fc
  .record({
    isLeft: fc.boolean(),
    rec: fc.constantFrom('C' as const, 'E' as const, 'G' as const),
    minor: fc.bigInt({ min: 1n, max: 3n }),
    traceId: key,
    orderNumber: key,
    dealId: key,
    mentioned: fc.uniqueArray(fc.constantFrom('k1', 'k2', 'k3'), { maxLength: 2 }),
    batchId: key,
  })
  .map(({ isLeft, rec, minor, mentioned, ...keys }) => {
    const present = Object.fromEntries(Object.entries(keys).filter(([, found]) => found));
    if (isLeft) return left(rec, '', minor, present);
    const line = right('bank_in', '', minor, present);
    return { ...line, item: { ...line.item, mentions: mentioned.map(digestOfNumber) } };
  });

const laneItems = fc
  .array(laneItem, { maxLength: 20 })
  .map((items) => items.map((one, index) => ({ ...one, item: { ...one.item, id: `i${index}` } })));

/** The items that hang together by their links, each set by itself. */
function components(items: readonly LaneItem[]): readonly (readonly LaneItem[])[] {
  const rest = new Set(items);
  const found: LaneItem[][] = [];
  for (const first of items) {
    if (!rest.delete(first)) continue;
    const component = [first];
    for (const one of component) {
      const links = new Set(linksOf(one.item));
      for (const other of rest) {
        if (!linksOf(other.item).some((link) => links.has(link))) continue;
        rest.delete(other);
        component.push(other);
      }
    }
    found.push(component);
  }
  return found;
}

describe('Whatever comes in at the bank', () => {
  const whatever = laneItems.chain((items) =>
    fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
  );

  it('is in one match or break or awaited over all recs, in whatever order it came', () => {
    fc.assert(
      fc.property(whatever, ([items, shuffled]) => {
        const outcome = settleLane('bank_in', items, calendar);
        const found = [...outcome.matches, ...outcome.breaks];
        const ids = [...found.flatMap((one) => [...one.left, ...one.right]), ...outcome.awaited];
        expect(ids.toSorted()).toEqual(items.map(({ item: { id } }) => id).toSorted());
        expect(settleLane('bank_in', shuffled, calendar)).toEqual(outcome);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('What clients are owed', () => {
  const total = fc.record({
    currency: fc.constantFrom('EUR' as const, 'USD' as const, 'KWD' as const),
    amountMinor: fc.bigInt({ min: -9n, max: 9n }),
  });
  const totals = fc.array(total, { maxLength: 8 });
  const at = `${today}T06:00:00.000Z`;

  it('is short by the same in whatever order it is told, in each currency by itself', () => {
    const told = fc
      .record({ owed: totals, kept: totals })
      .chain(({ owed, kept }) =>
        fc.tuple(
          fc.constant({ owed, kept }),
          fc.shuffledSubarray(owed, { minLength: owed.length }),
          fc.shuffledSubarray(kept, { minLength: kept.length }),
        ),
      );
    fc.assert(
      fc.property(told, ([given, owed, kept]) => {
        const { raise } = compareTotals(given, [], at);
        expect(compareTotals({ owed, kept }, [], at).raise).toEqual(raise);
        expect(compareTotals(given, raise, at)).toEqual({ raise: [], clear: [] });
        const sum = (all: typeof owed, currency: string) =>
          all
            .filter((one) => one.currency === currency)
            .reduce((minor, { amountMinor }) => minor + amountMinor, 0n);
        for (const currency of ['EUR', 'USD', 'KWD']) {
          const missing = sum(owed, currency) - sum(kept, currency);
          const found = raise.filter(({ difference }) => difference.currency === currency);
          const isOwed = owed.some((one) => one.currency === currency);
          expect(found.map(({ difference }) => -difference.amountMinor)).toEqual(
            isOwed && missing > 0n ? [missing] : [],
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('Items that have nothing in common', () => {
  it('come to the same, looked at one by one or all at once', () => {
    fc.assert(
      fc.property(laneItems, (items) => {
        const whole = settleLane('bank_in', items, calendar);
        const parts = components(items).map((part) => settleLane('bank_in', part, calendar));
        const ids = (outcomes: readonly (typeof whole)[]) => ({
          matches: outcomes
            .flatMap(({ matches }) => matches.map((m) => JSON.stringify([m.rec, m.left, m.right])))
            .sort(),
          breaks: outcomes.flatMap(({ breaks }) => breaks.map(({ id }) => id)).sort(),
          awaited: outcomes.flatMap(({ awaited }) => awaited).sort(),
        });
        expect(ids(parts)).toEqual(ids([whole]));
      }),
      { numRuns: 1_000 },
    );
  });
});
