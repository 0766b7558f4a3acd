import { stalenessOf } from '../../../src/fx/staleness.ts';

describe('Rates of Tuesday 2026-06-30', () => {
  it.each([
    ['on the same day', '2026-06-30T20:00:00Z', 'current', 0],
    ['the next day before the new ones are due', '2026-07-01T14:29:59Z', 'current', 0],
    ['once the new ones are due', '2026-07-01T14:30:00Z', 'late', 1],
    ['a second time', '2026-07-02T14:30:00Z', 'short_locks_only', 2],
    ['a third time', '2026-07-03T14:30:00Z', 'refused', 3],
    ['half a year later', '2026-11-26T15:30:00Z', 'refused', 107],
    ['by a clock that is behind', '2026-06-29T10:00:00Z', 'current', 0],
  ])('%s', (_, now, level, missedDays) => {
    expect(stalenessOf('2026-06-30', new Date(now))).toEqual({ level, missedDays });
  });
});

describe('Rates before days on which nothing is published', () => {
  it.each([
    ['Friday’s on Monday morning', '2026-07-03', '2026-07-06T09:00:00Z', 'current'],
    ['those before Easter on Easter Monday', '2026-04-02', '2026-04-06T20:00:00Z', 'current'],
    ['those before Easter on Tuesday morning', '2026-04-02', '2026-04-07T09:00:00Z', 'current'],
    [
      'those before Easter on Wednesday, late by one day only',
      '2026-04-02',
      '2026-04-08T09:00:00Z',
      'refused',
    ],
    ['those of Christmas Eve', '2025-12-24', '2025-12-29T09:00:00Z', 'current'],
  ])('%s', (_, rateDate, now, level) => {
    expect(stalenessOf(rateDate, new Date(now)).level).toBe(level);
  });
});
