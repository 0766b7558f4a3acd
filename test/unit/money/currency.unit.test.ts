import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  currencyCodes,
  isCurrencyActiveOn,
  isCurrencyCode,
  isNotMoneyCode,
  minorUnitDigits,
} from '../../../src/money/currency.ts';
import { corpusDirectory, corpusTest } from '../../support/corpus.ts';

const codesWithDigits = (digits: number) =>
  currencyCodes.filter((code) => minorUnitDigits(code) === digits);

describe('The currency table', () => {
  it('gives no decimals to the seventeen currencies without a minor unit', () => {
    expect(codesWithDigits(0).join(' ')).toBe(
      'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    );
  });

  it('gives three decimals to the dinars and rials that have them, and four to two unit codes', () => {
    expect(codesWithDigits(3).join(' ')).toBe('BHD IQD JOD KWD LYD OMR TND');
    expect(codesWithDigits(4).join(' ')).toBe('CLF UYW');
  });

  it('gives two decimals to every other currency, MGA and MRU among them', () => {
    expect(codesWithDigits(2)).toHaveLength(currencyCodes.length - 26);
    expect(minorUnitDigits('MGA')).toBe(2);
    expect(minorUnitDigits('MRU')).toBe(2);
  });

  it.each(['XXX', 'XTS', 'XAU', 'XAG', 'XPD', 'XPT', 'XDR', 'XUA', 'XSU', 'XBA', 'XBD'])(
    'refuses %s, which is not money',
    (code) => {
      expect(isCurrencyCode(code)).toBe(false);
      expect(isNotMoneyCode(code)).toBe(true);
    },
  );

  it.each(['usd', 'US', 'USDX', '', 'toString', '__proto__', 840, null, undefined, {}])(
    'refuses %p',
    (value) => {
      expect(isCurrencyCode(value)).toBe(false);
      expect(isNotMoneyCode(value)).toBe(false);
    },
  );
});

describe('The validity of a currency', () => {
  it.each([
    ['ANG', '2025-03-31', '2025-04-01'],
    ['BGN', '2025-12-31', '2026-01-01'],
    ['HRK', '2022-12-31', '2023-01-01'],
    ['ZWL', '2024-08-31', '2024-09-01'],
  ] as const)('ends for %s with %s', (code, lastDay, dayAfter) => {
    expect(isCurrencyCode(code)).toBe(true);
    expect(isCurrencyActiveOn(code, lastDay)).toBe(true);
    expect(isCurrencyActiveOn(code, dayAfter)).toBe(false);
  });

  it.each([
    ['XCG', '2025-03-30', '2025-03-31'],
    ['ZWG', '2024-06-24', '2024-06-25'],
  ] as const)('of %s has not begun on %s', (code, dayBefore, firstDay) => {
    expect(isCurrencyActiveOn(code, dayBefore)).toBe(false);
    expect(isCurrencyActiveOn(code, firstDay)).toBe(true);
  });

  it('is unlimited for a currency that neither came nor went', () => {
    expect(isCurrencyActiveOn('USD', '2026-06-30')).toBe(true);
  });
});

const corpus = corpusDirectory();

(corpus === undefined ? describe.skip : describe)(
  corpusTest('The published list of all codes'),
  () => {
    it('has the same current currencies and digits as our table', () => {
      const published = readFileSync(join(corpus ?? '', 'fx/iso4217-codes-all.csv'), 'utf8')
        .split(/\r?\n/)
        .map((line) => /,([A-Z]{3}),\d+,([0234]),$/.exec(line))
        .filter((match) => match !== null)
        .map(([, code, digits]) => `${code} ${digits}`);
      const ours = currencyCodes
        .filter((code) => isCurrencyActiveOn(code, '2026-06-30'))
        .map((code) => `${code} ${minorUnitDigits(code)}`);
      expect([...new Set(published)].sort()).toEqual(ours);
    });
  },
);
