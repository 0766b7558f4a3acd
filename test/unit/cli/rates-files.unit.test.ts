import { readFileSync } from 'node:fs';
import { convert } from '../../../local/cli/rates-conversion.ts';
import { dayReport, readDays } from '../../../local/cli/rates-files.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { bundledFile, hash } from '../fx/rate-days.ts';

const next = bundledFile.replace('2026-06-30', '2026-07-01');
const indicative = readFileSync(
  new URL('../../../events/inbound/currency-api/2026-06-30.json', import.meta.url),
  'utf8',
);

const now = new Date('2026-07-01T15:00:00Z');

const given = (
  texts: readonly string[],
  { newerThan, discontinued = '' }: { newerThan?: string; discontinued?: string } = {},
) =>
  readDays(
    texts.map((text) => ({ path: 'rates.xml', bytes: Buffer.from(text) })),
    { newerThan, discontinued, now },
  );

const codeOf = (read: () => unknown): unknown => {
  try {
    read();
    return 'accepted';
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
};

describe('A file of rates', () => {
  it('is its day, under the hash of its bytes', () => {
    const days = given([bundledFile]);
    const [day] = days;
    if (day === undefined) throw new Error('Expected a day.');
    expect(dayReport(day, days)).toMatchObject({
      ...{ source: 'ECB', rateDate: '2026-06-30', sha256: hash(bundledFile), base: 'EUR' },
      rates: { USD: '1.1394' },
    });
    expect(dayReport(day, days)).not.toHaveProperty('days');
  });

  it('with many days tells how many', () => {
    const text = bundledFile.replace(
      /<Cube time[\s\S]*?<\/Cube>/,
      (day) => `${day}${day.replace('2026-06-30', '2026-06-29')}`,
    );
    const days = given([text]);
    expect(days[0] && dayReport(days[0], days)).toMatchObject({
      ...{ rateDate: '2026-06-30', days: 2, firstDate: '2026-06-29', lastDate: '2026-06-30' },
    });
  });

  it('may be the second source’s, or the history as CSV', () => {
    expect(given([indicative])[0]).toMatchObject({ source: 'INDICATIVE' });
    const csv = 'Date,USD,JPY,GBP,CHF,\n1999-01-04,1.1789,133.73,0.7111,1.6168,\n';
    expect(given([csv])[0]).toMatchObject({ source: 'ECB', rates: { USD: '1.1789' } });
  });
});

describe('A file of rates is judged, and', () => {
  it('is newer than what is known, or refused', () => {
    expect(given([bundledFile], { newerThan: '2026-06-29' })).toHaveLength(1);
    expect(codeOf(() => given([bundledFile], { newerThan: '2026-06-30' }))).toBe(
      'fx.rate_date_not_newer',
    );
    expect(given([bundledFile, next])[0]?.rateDate).toBe('2026-07-01');
    expect(codeOf(() => given([next, bundledFile]))).toBe('fx.rate_date_not_newer');
    expect(codeOf(() => given([bundledFile, bundledFile]))).toBe('fx.rate_date_not_newer');
  });

  it('passes the gate after the one before', () => {
    expect(codeOf(() => given([bundledFile, next.replace('1.1394', '11.394')]))).toBe(
      'fx.rate_moved_too_far',
    );
  });

  it('is not of a day that is still to come', () => {
    const read = () => given([bundledFile.replace('2026-06-30', '2026-07-02')]);
    expect(codeOf(read)).toBe('fx.rate_date_in_future');
    expect(codeOf(() => given([indicative.replace('2026-06-30', '2099-01-01')]))).toBe(
      'fx.rate_date_in_future',
    );
  });

  it('of the second source may lose a currency, and move as it likes', () => {
    const later = indicative.replace('2026-06-30', '2026-07-01');
    expect(given([indicative, later.replace(/"ars": [\d.]+,/, '')])).toHaveLength(1);
    expect(given([indicative, later.replace(/"ars": /, '"ars": 9')])).toHaveLength(1);
    expect(codeOf(() => given([later, indicative]))).toBe('fx.rate_date_not_newer');
  });

  it('is judged with those of the other publisher, as the function has them', () => {
    const rose = next.replace('1.1394', '1.2600');
    const witness = indicative
      .replace('2026-06-30', '2026-07-01')
      .replace(/"usd": [\d.]+/, '"usd": 1.2605');
    expect(codeOf(() => given([bundledFile, rose]))).toBe('fx.rate_moved_too_far');
    expect(given([bundledFile, witness, rose])[0]?.rates.USD).toBe('1.2600');
    expect(given([indicative, bundledFile])).toHaveLength(1);
    expect(codeOf(() => given([witness, next]))).toBe('fx.rates_disagree');
    const inAnotherBase = indicative.replace(/": (?=\d)/g, '": 9');
    expect(codeOf(() => given([bundledFile, inAnotherBase]))).toBe('fx.rates_disagree');
  });

  it('may lack a currency only where that was announced', () => {
    const without = next.replace(/<Cube currency="ZAR"[^>]*>/, '');
    expect(codeOf(() => given([without]))).toBe('rates.currency_missing');
    expect(given([bundledFile, without], { discontinued: 'ZAR' })).toHaveLength(1);
    expect(codeOf(() => given([without], { discontinued: 'ZAR,XAU' }))).toBe(
      'money.currency_unknown',
    );
  });

  it('of bytes that are no text is refused', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x3c, 0x00]);
    const options = { newerThan: undefined, discontinued: '', now };
    expect(codeOf(() => readDays([{ path: '', bytes }], options))).toBe('rates.not_text');
  });

  it('that is no file is no day', () => {
    expect(given([])).toEqual([]);
  });
});

describe('A conversion', () => {
  const [day] = given([bundledFile]);
  const converted = (from: string, to: string, amount: string) => {
    if (day === undefined) throw new Error('Expected a day.');
    return convert(day, { from, to, amount, rounding: 'floor' });
  };

  it('shows every step, exact until the last', () => {
    expect(converted('USD', 'KRW', '100.00')).toEqual({
      ...{ source: 'ECB', rateDate: '2026-06-30', sha256: hash(bundledFile) },
      ...{ from: 'USD', to: 'KRW', rounding: 'floor' },
      amount: { currency: 'USD', amountMinor: '10000', major: '100.00' },
      mid: { exact: { num: '8835400', den: '5697' }, decimal: '1550.88643146' },
      result: { currency: 'KRW', amountMinor: '155088', major: '155088' },
      steps: [
        { step: 'read', amount: '100.00', decimals: 2, currency: 'USD', amountMinor: '10000' },
        {
          ...{ step: 'rate', unit: 'USD for 1 EUR', source: 'ECB', decimal: '1.1394' },
          exact: { num: '5697', den: '5000' },
        },
        {
          ...{ step: 'rate', unit: 'KRW for 1 EUR', source: 'ECB', decimal: '1767.08' },
          exact: { num: '44177', den: '25' },
        },
        {
          ...{ step: 'cross', unit: 'KRW for 1 USD', decimal: '1550.88643146' },
          exact: { num: '8835400', den: '5697' },
        },
        {
          ...{ step: 'multiply', unit: 'minor units of KRW', decimal: '155088.643146' },
          exact: { num: '883540000', den: '5697' },
        },
        { step: 'round', rounding: 'floor', decimals: 0, currency: 'KRW', amountMinor: '155088' },
      ],
    });
  });

  it.each([
    ['EUR', 'USD', '100', '113.94'],
    ['USD', 'EUR', '113.94', '100.00'],
    ['JPY', 'KRW', '10000', '95476'],
    ['JPY', 'EUR', '1', '0.00'],
    ['USD', 'USD', '1.23', '1.23'],
    ['KWD', 'KWD', '1.234', '1.234'],
    ['USD', 'BHD', '100', '37.600'],
    ['IDR', 'KRW', '100.00', '8'],
  ])('of %s into %s turns %s into %s', (from, to, amount, expected) => {
    expect(converted(from, to, amount)).toMatchObject({ result: { major: expected } });
  });

  it('through a peg shows the peg', () => {
    expect(converted('EUR', 'AED', '1')).toMatchObject({
      steps: [{}, { source: 'PEG', peg: { unit: 'AED for 1 USD', decimal: '3.6725' } }, {}, {}, {}],
    });
  });

  it.each([
    ['USD', 'KWD', '1', 'fx.currency_unsupported'],
    ['BGN', 'USD', '1', 'fx.currency_unsupported'],
    ['USD', 'XAU', '1', 'money.currency_unknown'],
    ['usd', 'EUR', '1', 'money.currency_unknown'],
    ['USD', 'EUR', '1.001', 'money.invalid'],
    ['JPY', 'EUR', '1.5', 'money.invalid'],
    ['USD', 'EUR', '-1', 'money.invalid'],
    ['USD', 'EUR', '1,5', 'money.invalid'],
  ])('of %s into %s of %s is refused: %s', (from, to, amount, code) => {
    expect(codeOf(() => converted(from, to, amount))).toBe(code);
  });
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The files of rates that were really published'),
  () => {
    it('are those that the notes name, in the history too', () => {
      const text = readCorpus('fx', 'eurofxref-hist.2025-01-02_2026-04-13.csv').toString('utf8');
      expect(given([text])).toHaveLength(325);
    });

    it.each(['iso4217-list-one-2024-06-25.xml', 'currencies.json'])('%s is none', (name) => {
      const text = readCorpus('fx', name).toString('utf8');
      expect(codeOf(() => given([text]))).toBe('rates.wrong_root');
    });
  },
);
