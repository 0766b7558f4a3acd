import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CurrencyCode,
  currencyCodes,
  isCurrencyActiveOn,
  isCurrencyCode,
  isNotMoneyCode,
  minorUnitDigits,
  payableStep,
} from '../../../src/money/currency.ts';
import { corpusDirectory, corpusTest } from '../../support/corpus.ts';

const current = currencyCodes.filter((code) => isCurrencyActiveOn(code, '2026-11-26'));
const codesWithDigits = (digits: number) =>
  current.filter((code) => minorUnitDigits(code) === digits);

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
    expect(codesWithDigits(2)).toHaveLength(current.length - 26);
    expect(minorUnitDigits('MGA')).toBe(2);
    expect(minorUnitDigits('MRU')).toBe(2);
  });

  it.each('XXX XTS XAU XAG XPD XPT XDR XUA XSU XBA XBB XBC XBD'.split(' '))(
    'refuses %s, which is not money',
    (code) => {
      expect(isCurrencyCode(code)).toBe(false);
      expect(isNotMoneyCode(code)).toBe(true);
    },
  );

  it.each(['usd', 'US', 'USDX', '', 'toString', '__proto__', 840, null, undefined, {}, ['USD']])(
    'refuses %p',
    (value) => {
      expect(isCurrencyCode(value)).toBe(false);
      expect(isNotMoneyCode(value)).toBe(false);
    },
  );
});

describe('What can be charged and given back', () => {
  it('is every minor unit, tens of three decimals, and whole ariaries', () => {
    const steps = current.filter((code) => payableStep(code) !== 1n);
    expect(steps.map((code) => `${code} ${payableStep(code)}`)).toEqual([
      ...['BHD 10', 'IQD 10', 'JOD 10', 'KWD 10', 'LYD 10', 'MGA 100', 'OMR 10', 'TND 10'],
    ]);
  });
});

describe('The validity of a currency', () => {
  it.each([
    ['ANG', '2025-03-31', '2025-04-01'],
    ['BGN', '2025-12-31', '2026-01-01'],
    ['BYR', '2016-12-31', '2017-01-01'],
    ['CUC', '2021-06-30', '2021-07-01'],
    ['CYP', '2007-12-31', '2008-01-01'],
    ['EEK', '2010-12-31', '2011-01-01'],
    ['GRD', '2002-02-28', '2002-03-01'],
    ['HRK', '2022-12-31', '2023-01-01'],
    ['LTL', '2014-12-31', '2015-01-01'],
    ['LVL', '2013-12-31', '2014-01-01'],
    ['MRO', '2017-12-31', '2018-01-01'],
    ['MTL', '2007-12-31', '2008-01-01'],
    ['ROL', '2005-06-30', '2005-07-01'],
    ['SIT', '2006-12-31', '2007-01-01'],
    ['SKK', '2008-12-31', '2009-01-01'],
    ['SLL', '2023-12-31', '2024-01-01'],
    ['STD', '2017-12-31', '2018-01-01'],
    ['TRL', '2005-12-31', '2006-01-01'],
    ['VEF', '2018-08-19', '2018-08-20'],
    ['ZWL', '2024-08-31', '2024-09-01'],
  ] as const)('ends for %s with %s', (code, lastDay, dayAfter) => {
    expect(isCurrencyCode(code)).toBe(true);
    expect(isCurrencyActiveOn(code, lastDay)).toBe(true);
    expect(isCurrencyActiveOn(code, dayAfter)).toBe(false);
  });

  it.each([
    ['BYN', '2016-06-30', '2016-07-01'],
    ['EUR', '1998-12-31', '1999-01-01'],
    ['MRU', '2017-12-31', '2018-01-01'],
    ['RON', '2005-06-30', '2005-07-01'],
    ['SLE', '2022-03-31', '2022-04-01'],
    ['STN', '2017-12-31', '2018-01-01'],
    ['TRY', '2004-12-31', '2005-01-01'],
    ['UYW', '2018-08-28', '2018-08-29'],
    ['VED', '2021-09-30', '2021-10-01'],
    ['VES', '2018-08-19', '2018-08-20'],
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
    it('has every code that was withdrawn since 2016, in our table until that month at most', () => {
      const lines = readFileSync(join(corpus ?? '', 'fx/iso4217-codes-all.csv'), 'utf8');
      const withdrawn = lines.split(/\r?\n/).flatMap((line) => {
        const [, code = '', month = ''] = /,([A-Z]{3}),\d+,[^,]*,(\d{4}-\d{2})$/.exec(line) ?? [];
        // Some codes were withdrawn by name only, and stay in use under another one.
        return month >= '2016-06' && !/^(SZL|RON|SDG)$/.test(code) ? [{ code, month }] : [];
      });
      expect(withdrawn.length).toBeGreaterThan(8);
      for (const { code, month } of withdrawn) {
        expect([code, isCurrencyCode(code)]).toEqual([code, true]);
        expect(isCurrencyActiveOn(code as CurrencyCode, `${month}-01`)).toBe(
          isCurrencyActiveOn(code as CurrencyCode, `${month}-15`),
        );
        expect([code, isCurrencyActiveOn(code as CurrencyCode, '2026-11-26')]).toEqual([
          code,
          false,
        ]);
      }
    });

    it('agrees on every decimal with List One of 2024, and refuses what it gives none', () => {
      const xml = readFileSync(join(corpus ?? '', 'fx/iso4217-list-one-2024-06-25.xml'), 'utf8');
      const entries = [
        ...xml.matchAll(/<Ccy>([A-Z]{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]+)</g),
      ].map(([, code = '', digits = '']) => [code, digits] as const);
      expect(new Set(entries.map(([code]) => code)).size).toBe(179);
      for (const [code, digits] of entries) {
        if (digits === 'N.A.') expect([code, isNotMoneyCode(code)]).toEqual([code, true]);
        else expect([code, minorUnitDigits(code as CurrencyCode)]).toEqual([code, Number(digits)]);
      }
    });

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
