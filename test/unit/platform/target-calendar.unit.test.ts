import fc from 'fast-check';
import { parseEcbHistoryCsv } from '../../../src/adapters/rates/ecb-history-csv.ts';
import {
  addDays,
  daysBetween,
  isTargetDay,
  lastPublication,
  targetDaysBetween,
} from '../../../src/platform/target-calendar.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const anyDate = fc.integer({ min: 0, max: 365 * 60 }).map((days) => addDays('2002-01-01', days));

describe('TARGET', () => {
  it.each([
    ['New Year', '2026-01-01'],
    ['Good Friday', '2026-04-03'],
    ['Easter Monday', '2026-04-06'],
    ['Labour Day', '2026-05-01'],
    ['Christmas', '2026-12-25'],
    ['the day after Christmas', '2025-12-26'],
    ['a Saturday', '2026-08-22'],
    ['a Sunday', '2026-08-23'],
    ['the latest Easter Monday there is', '2038-04-26'],
    ['the earliest Good Friday of the century', '2008-03-21'],
    ['Good Friday 2049, where a simpler formula is a week late', '2049-04-16'],
    ['Easter Monday 2076, likewise', '2076-04-20'],
  ])('is closed on %s', (_, date) => {
    expect(isTargetDay(date)).toBe(false);
  });

  it.each(['2026-04-02', '2026-04-07', '2026-12-24', '2026-12-31', '2026-05-14', '2026-11-26'])(
    'is open on %s',
    (date) => {
      expect(isTargetDay(date)).toBe(true);
    },
  );

  it('is never closed for longer than four days', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const next = [1, 2, 3, 4, 5].map((days) => addDays(date, days));
        expect(next.some(isTargetDay)).toBe(true);
      }),
    );
  });

  it('counts the days after one date and up to another', () => {
    expect(targetDaysBetween('2026-04-02', '2026-04-07')).toBe(1);
    expect(targetDaysBetween('2026-06-30', '2026-07-03')).toBe(3);
    expect(targetDaysBetween('2026-06-30', '2026-06-30')).toBe(0);
    expect(targetDaysBetween('2026-07-03', '2026-06-30')).toBe(0);
  });

  it('counts the same in one go as in two', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(60), fc.nat(60), (from, first, second) => {
        const between = addDays(from, first);
        const to = addDays(between, second);
        expect(targetDaysBetween(from, between) + targetDaysBetween(between, to)).toBe(
          targetDaysBetween(from, to),
        );
        expect(daysBetween(from, to)).toBe(first + second);
      }),
    );
  });
});

describe('The rates that must be out', () => {
  it.each([
    ['a minute before half past four in summer', '2026-07-01T14:29:00Z', '2026-06-30'],
    ['at half past four in summer', '2026-07-01T14:30:00Z', '2026-07-01'],
    ['a minute before half past four in winter', '2026-11-26T15:29:00Z', '2026-11-25'],
    ['at half past four in winter', '2026-11-26T15:30:00Z', '2026-11-26'],
    ['on the last day of winter time', '2026-03-27T15:29:00Z', '2026-03-26'],
    ['on the first day of summer time', '2026-03-30T14:30:00Z', '2026-03-30'],
    ['on the first day of winter time', '2026-10-26T14:30:00Z', '2026-10-23'],
    ['on a Sunday', '2026-07-05T20:00:00Z', '2026-07-03'],
    [
      'at midnight in Frankfurt, when the date is still yesterday’s',
      '2026-07-01T23:00:00Z',
      '2026-07-01',
    ],
    ['on Easter Monday', '2026-04-06T20:00:00Z', '2026-04-02'],
  ])('%s are those of the day before or that day', (_, now, date) => {
    expect(lastPublication(new Date(now))).toBe(date);
  });
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The days on which the ECB really published'),
  () => {
    it('are the TARGET days, every one and no other', () => {
      const text = readCorpus('fx', 'eurofxref-hist.2025-01-02_2026-04-13.csv').toString('utf8');
      const published = parseEcbHistoryCsv(text, { sha256: 'a'.repeat(64), fetchedAt: '' }).map(
        ({ rateDate }) => rateDate,
      );
      const expected: string[] = [];
      for (let date = '2026-04-13'; date >= '2025-01-02'; date = addDays(date, -1)) {
        if (isTargetDay(date)) expected.push(date);
      }
      expect(published).toEqual(expected);
    });
  },
);
