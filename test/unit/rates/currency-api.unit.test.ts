import { readFileSync } from 'node:fs';
import {
  currencyApiLimitBytes,
  isJsonObjectText,
  parseCurrencyApi,
} from '../../../src/adapters/rates/currency-api.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const read = { sha256: 'a'.repeat(64), fetchedAt: '2026-07-01T15:00:00.000Z' };
const file = readFileSync(
  new URL('../../../events/inbound/currency-api/2026-06-30.json', import.meta.url),
  'utf8',
);

describe('The second source', () => {
  it('is an indicative day of every real currency, at the digits as published', () => {
    const text =
      '{"date":"2026-06-30","eur":{"usd":1.10000000000000000001,"kwd":0.350,"btc":1e-5}}';
    const day = RateDay.parse(parseCurrencyApi(text.replace('00000000001', '01'), read));
    expect(day).toEqual({
      source: 'INDICATIVE',
      rateDate: '2026-06-30',
      ...read,
      rates: { USD: '1.10000000001', KWD: '0.350' },
    });
  });

  it('has neither metals, nor crypto assets, nor what ISO has withdrawn by that day', () => {
    const { rates } = parseCurrencyApi(file, read);
    const text = file.replace('"eur": {', '"eur": {"bgn": 1.95583, "hrk": 7.5345,');
    expect(Object.keys(rates)).toEqual(expect.arrayContaining(['KWD', 'VND', 'USD']));
    expect(Object.keys(rates)).not.toEqual(expect.arrayContaining(['XAU']));
    expect(parseCurrencyApi(text, read).rates).toEqual(rates);
  });

  it.each([
    ['cut short', file.slice(0, -30), 'rates.not_json'],
    ['that is no JSON', '<rates/>', 'rates.not_json'],
    ['that is a list', '[]', 'rates.wrong_root'],
    ['with another base', file.replace('"eur": {', '"usd": {'), 'rates.wrong_root'],
    ['without a date', file.replace('2026-06-30', ''), 'rates.date_invalid'],
    ['without any real currency', '{"date":"2026-06-30","eur":{"btc":1}}', 'rates.no_rates'],
    ['with a rate of nothing', '{"date":"2026-06-30","eur":{"usd":0}}', 'rates.rate_invalid'],
    ['with a negative rate', '{"date":"2026-06-30","eur":{"usd":-1.1}}', 'rates.rate_invalid'],
    ['with a rate as an exponent', '{"date":"2026-06-30","eur":{"usd":1e0}}', 'rates.rate_invalid'],
    ['with a rate of null', '{"date":"2026-06-30","eur":{"usd":null}}', 'rates.rate_invalid'],
    ['above the size limit', file.padEnd(currencyApiLimitBytes + 1), 'rates.file_too_large'],
  ])('refuses a file %s', (_, text, code) => {
    expect(() => parseCurrencyApi(text, read)).toThrow(
      expect.objectContaining({ name: 'RatesFileError', code }),
    );
  });

  it('is told from other text by its beginning', () => {
    expect([file, '\uFEFF {}', '<a/>', 'Date,USD'].map(isJsonObjectText)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The files that the second source really published'),
  () => {
    it.each(['2026-09-28', '2026-09-29'])('of %s is a day of more than 140 currencies', (date) => {
      const day = RateDay.parse(
        parseCurrencyApi(readCorpus('fx', `${date}.eur.json`).toString('utf8'), read),
      );
      expect(day).toMatchObject({ rateDate: date, rates: { AED: expect.any(String) } });
      expect(Object.keys(day.rates).length).toBeGreaterThan(140);
    });
  },
);
