import { publishedCurrencies } from '../../../src/adapters/rates/ecb-currencies.ts';
import {
  isEcbHistoryCsv,
  parseEcbHistoryCsv,
} from '../../../src/adapters/rates/ecb-history-csv.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';

const read = { sha256: 'a'.repeat(64), fetchedAt: '2026-07-01T15:00:00.000Z' };
const others = publishedCurrencies('2026-06-30').filter((code) => code !== 'USD' && code !== 'JPY');
const figures = others.map(() => '7.5').join(',');
const history = `Date,USD,JPY,TRL,${others.join(',')},
2026-06-29,1.1380,184.90,N/A,${figures},
2026-06-30,1.1394,185.08,N/A,${figures},
`;
const rest = Object.fromEntries(others.map((currency) => [currency, '7.5']));

describe('The history as CSV', () => {
  it('is its days, the newest first, without the currencies that had no rate', () => {
    expect(isEcbHistoryCsv(history)).toBe(true);
    expect(parseEcbHistoryCsv(history, read)).toEqual([
      {
        ...{ source: 'ECB', rateDate: '2026-06-30', ...read },
        rates: { USD: '1.1394', JPY: '185.08', ...rest },
      },
      {
        ...{ source: 'ECB', rateDate: '2026-06-29', ...read },
        rates: { USD: '1.1380', JPY: '184.90', ...rest },
      },
    ]);
  });

  it.each([
    ['with a byte order mark', `\uFEFF${history}`],
    ['with carriage returns', history.replaceAll('\n', '\r\n')],
  ])('%s is the same', (_, text) => {
    expect(isEcbHistoryCsv(text)).toBe(true);
    expect(parseEcbHistoryCsv(text, read)).toEqual(parseEcbHistoryCsv(history, read));
  });

  it.each([
    ['with a rate of nothing', history.replace('1.1394', '0'), 'rates.rate_invalid'],
    ['with a decimal comma', history.replace('1.1394', '"1,1394"'), 'rates.line_incomplete'],
    ['with an empty rate', history.replace('1.1394', ''), 'rates.rate_invalid'],
    ['with a line cut short', history.slice(0, -12), 'rates.line_incomplete'],
    ['cut inside its last rate', history.slice(0, -3), 'rates.line_incomplete'],
    ['cut before its last comma', history.slice(0, -2), 'rates.line_incomplete'],
    ['cut in its first line', history.slice(0, history.indexOf('\n') - 1), 'rates.line_incomplete'],
    ['with no rate at all', history.replace(/(?<=,)[\d.]+(?=,)/g, 'N/A'), 'rates.no_rates'],
    ['without a rate for a currency', history.replace('1.1394', 'N/A'), 'rates.currency_missing'],
    ['without a column', history.replace(/^([^,]+),[^,]+,/gm, '$1,'), 'rates.currency_missing'],
    [
      'with a date that is none',
      history.replace('2026-06-30', '30 June 2026'),
      'rates.date_invalid',
    ],
    ['with a day twice', history.replace('2026-06-30', '2026-06-29'), 'rates.date_duplicated'],
    ['with a currency twice', history.replace('JPY', 'USD'), 'rates.currency_duplicated'],
    ['with an unknown currency', history.replace('JPY', 'XXX'), 'rates.currency_unknown'],
    ['without a day', 'Date,USD,\n', 'rates.no_day'],
  ])('is refused %s', (_, text, code) => {
    expect(() => parseEcbHistoryCsv(text, read)).toThrow(expect.objectContaining({ code }));
  });

  it('may lack a currency whose end was announced, or from before it was published', () => {
    const without = history.replace('1.1394', 'N/A');
    expect(parseEcbHistoryCsv(without, { ...read, discontinued: ['USD'] })).toHaveLength(2);
    const early = 'Date,USD,JPY,GBP,CHF,\n1999-01-04,1.1789,133.73,0.7111,1.6168,\n';
    expect(parseEcbHistoryCsv(early, read)).toHaveLength(1);
  });

  it('is told from other text by its beginning', () => {
    expect(isEcbHistoryCsv('<?xml version="1.0"?>')).toBe(false);
  });
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The history that the ECB really published'),
  () => {
    it('has 325 days, and what the bundled reader needs on each', () => {
      const text = readCorpus('fx', 'eurofxref-hist.2025-01-02_2026-04-13.csv').toString('utf8');
      const days = parseEcbHistoryCsv(text, read);
      expect(days).toHaveLength(325);
      expect(days[0]).toMatchObject({ rateDate: '2026-04-13', rates: { USD: '1.1684' } });
      expect(days.filter(({ rates }) => rates.BGN === undefined).at(-1)?.rateDate).toBe(
        '2026-01-02',
      );
    });
  },
);
