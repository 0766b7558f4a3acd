import { firstDayOf, lastDayOf, periodOf } from '../../../src/ledger/months.ts';

describe('The days of a month', () => {
  it.each([
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
  ])('of %s are %s to %s', (period, first, last) => {
    expect(firstDayOf(period)).toBe(first);
    expect(lastDayOf(period)).toBe(last);
    expect([periodOf(first), periodOf(last)]).toEqual([period, period]);
  });
});
