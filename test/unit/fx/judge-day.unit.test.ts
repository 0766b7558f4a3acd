import { parseEcbHistoryCsv } from '../../../src/adapters/rates/ecb-history-csv.ts';
import {
  type Judgment,
  problemOfDate,
  problemOfDay,
  problemOfIndicative,
} from '../../../src/fx/judge-day.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { bundledDay, dayOf } from './rate-days.ts';

const now = new Date('2026-07-01T15:00:00.000Z');
const previous = dayOf({ USD: '1.1400', JPY: '185.00', TRY: '53.00' }, '2026-06-30');
const next = (rates: RateDay['rates'] = {}): RateDay =>
  dayOf({ ...previous.rates, ...rates }, '2026-07-01');

const codeOf = (published: RateDay, change: Partial<Judgment> = {}): string | undefined =>
  problemOfDay(published, { previous, discontinued: [], now, ...change })?.code;

const witnessOf = (rates: RateDay['rates'], rateDate = '2026-07-01'): RateDay => ({
  ...dayOf(rates, rateDate),
  source: 'INDICATIVE',
});

describe('A day is believed', () => {
  it('when it is the first, and the second source has none', () => {
    expect(codeOf(next(), { previous: undefined })).toBeUndefined();
  });

  it('when it is the first, and the second source has the same rates', () => {
    const witness = witnessOf({ ...next().rates, USD: '1.2000', KWD: '0.35' });
    expect(codeOf(next(), { previous: undefined, witness })).toBeUndefined();
  });

  it('when its rates moved as rates do', () => {
    expect(codeOf(next({ USD: '1.1514', JPY: '180.5' }))).toBeUndefined();
  });

  it.each(['1.1970', '1.0830'])('up to five percent: %s', (rate) => {
    expect(codeOf(next({ USD: rate }))).toBeUndefined();
  });

  it('with a currency more', () => {
    expect(codeOf(next({ BRL: '6.1' }))).toBeUndefined();
  });

  it('without a currency that ISO has withdrawn, or the publisher has announced to stop', () => {
    const before = dayOf({ ...previous.rates, BGN: '1.9558', RUB: '90.1' }, '2026-06-30');
    expect(codeOf(next(), { previous: before, discontinued: ['RUB'] })).toBeUndefined();
    expect(codeOf(next(), { previous: before })).toBe('fx.currency_disappeared');
  });

  it('further from an older day: a walk of a hundred days goes ten times as far', () => {
    const old = dayOf({ ...previous.rates }, '2026-02-09');
    expect(codeOf(next({ USD: '1.30', TRY: '64' }), { previous: old })).toBeUndefined();
    expect(codeOf(next({ USD: '11.4' }), { previous: old })).toBe('fx.rate_moved_too_far');
  });

  it('as far as its own currency usually moves: the real far, the krone hardly', () => {
    const old = dayOf({ BRL: '6.00', DKK: '7.40', SEK: '11.00' }, '2026-02-09');
    const judged = (rates: RateDay['rates']) =>
      codeOf(dayOf({ ...old.rates, ...rates }, '2026-07-01'), { previous: old });
    expect(judged({ BRL: '8.10', SEK: '13.75' })).toBeUndefined();
    expect(judged({ SEK: '14.85' })).toBe('fx.rate_moved_too_far');
    expect(judged({ DKK: '7.85' })).toBe('fx.rate_moved_too_far');
  });

  it('when a second source saw the same move', () => {
    const witness = witnessOf({ TRY: '60.3' });
    expect(codeOf(next({ TRY: '60.00' }))).toBe('fx.rate_moved_too_far');
    expect(codeOf(next({ TRY: '60.00' }), { witness })).toBeUndefined();
    expect(codeOf(next({ TRY: '61.00' }), { witness })).toBe('fx.rate_moved_too_far');
    expect(codeOf(next({ USD: '1.3000' }), { witness })).toBe('fx.rate_moved_too_far');
  });
});

describe('A day is not believed', () => {
  it.each<[string, RateDay['rates']]>([
    ['that rose by more than five percent', { USD: '1.1971' }],
    ['that fell by more than five percent', { USD: '1.0829' }],
    ['with its decimal point elsewhere', { JPY: '18.5' }],
    ['the other way round', { JPY: '0.0054' }],
  ])('with a rate %s', (_, rates) => {
    const problem = problemOfDay(next(rates), { previous, discontinued: [], now });
    expect(problem?.code).toBe('fx.rate_moved_too_far');
    expect(problem?.message).toContain(Object.keys(rates)[0]);
  });

  it('when it is the first, and the second source has another rate', () => {
    const published = next({ USD: '999999999999' });
    const judgment = { previous: undefined, discontinued: [], now };
    const witness = witnessOf({ ...previous.rates, USD: '1.1000' });
    expect(problemOfDay(published, { ...judgment, witness })).toEqual({
      code: 'fx.rates_disagree',
      message:
        'The first day, and far from the second source of 2026-07-01: USD 999999999999, not 1.1000.',
    });
    const two = witnessOf({ ...previous.rates, USD: '1.0000', TRY: '40.00' });
    expect(problemOfDay(next(), { ...judgment, witness: two })?.message).toContain(
      'USD 1.1400, not 1.0000, TRY 53.00, not 40.00.',
    );
  });

  it('when a currency disappeared, and it says which', () => {
    const { TRY: _, ...rates } = previous.rates;
    const problem = problemOfDay(dayOf(rates, '2026-07-01'), { previous, discontinued: [], now });
    expect(problem).toEqual({
      code: 'fx.currency_disappeared',
      message: 'The file has no rate any more for TRY.',
    });
  });

  it('ahead of the clock', () => {
    expect(codeOf(dayOf(previous.rates, '2026-07-02'))).toBe('fx.rate_date_in_future');
    expect(codeOf(dayOf(previous.rates, '2026-07-02'), { previous: undefined })).toBe(
      'fx.rate_date_in_future',
    );
  });

  it('when it is not newer than what is known', () => {
    expect(problemOfDate({ rateDate: '2026-07-01' }, '2026-06-30')).toBeUndefined();
    for (const rateDate of ['2026-06-30', '2026-06-29']) {
      expect(problemOfDate({ rateDate }, '2026-06-30')?.code).toBe('fx.rate_date_not_newer');
    }
  });
});

describe('The second source', () => {
  it.each(['2026-06-28', '2026-07-04'])('is a witness up to three days away: %s', (rateDate) => {
    const witness = witnessOf({ TRY: '60.00' }, rateDate);
    expect(codeOf(next({ TRY: '60.00' }), { witness })).toBeUndefined();
    expect(codeOf(next(), { previous: undefined, witness })).toBe('fx.rates_disagree');
  });

  it.each(['2025-01-01', '2026-06-27', '2026-07-05'])(
    'is none further away, neither for a day nor against one: %s',
    (rateDate) => {
      const witness = witnessOf({ TRY: '60.00' }, rateDate);
      expect(codeOf(next({ TRY: '60.00' }), { witness })).toBe('fx.rate_moved_too_far');
      expect(codeOf(next(), { previous: undefined, witness })).toBeUndefined();
    },
  );
});

describe('An indicative day', () => {
  const indicative = (rates: RateDay['rates']): RateDay => ({
    ...dayOf({ ...bundledDay.rates, ...rates }, '2026-07-01'),
    source: 'INDICATIVE',
  });
  const judged = (published: RateDay, reference: RateDay | undefined = bundledDay) =>
    problemOfIndicative(published, { reference, now })?.code;

  it('is believed where most of its rates are those of the central bank', () => {
    expect(judged(indicative({ KWD: '0.35', ARS: '1700' }))).toBeUndefined();
    expect(judged(indicative({ TRY: '99', USD: '1.9' }))).toBeUndefined();
    expect(problemOfIndicative(indicative({}), { reference: undefined, now })).toBeUndefined();
  });

  it('is not believed where its rates are of another base, or of another time', () => {
    const inUsd = Object.fromEntries(
      Object.entries(bundledDay.rates).map(([currency, rate]) => [currency, `9${rate}`]),
    );
    expect(judged(indicative(inUsd))).toBe('fx.rates_disagree');
    expect(judged({ ...indicative({}), rateDate: '2026-07-02' })).toBe('fx.rate_date_in_future');
    expect(judged(dayOf({ KWD: '0.35' }, '2026-07-01'))).toBe('fx.rates_disagree');
  });
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The days that the ECB really published'),
  () => {
    it('all pass the gate, each after the one before', () => {
      const text = readCorpus('fx', 'eurofxref-hist.2025-01-02_2026-04-13.csv').toString('utf8');
      const days = parseEcbHistoryCsv(text, { sha256: 'a'.repeat(64), fetchedAt: '' }).toReversed();
      days.slice(1).forEach((day, index) => {
        expect(problemOfDay(day, { previous: days[index], discontinued: [], now })).toBeUndefined();
      });
    });
  },
);
