import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import { crossRate } from '../../../src/fx/cross-rate.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { corpusDirectory, corpusTest } from '../../support/corpus.ts';

const corpus = corpusDirectory();

(corpus === undefined ? describe.skip : describe)(
  corpusTest('The files the ECB really published'),
  () => {
    const folder = join(corpus ?? '', 'fx/ecb-daily');
    const files = corpus === undefined ? [] : readdirSync(folder);
    const dayIn = (name: string): RateDay =>
      parseEcbDaily(readFileSync(join(folder, name), 'utf8'), {
        sha256: 'a'.repeat(64),
        fetchedAt: `${name.slice(0, 10)}T10:30:00.000Z`,
      });

    it('are there', () => {
      expect(files.length).toBeGreaterThan(50);
    });

    it.each(files)('%s is a day no later than its name, with a rate for every pair', (name) => {
      const day = RateDay.parse(dayIn(name));
      expect(day.rateDate <= name.slice(0, 10)).toBe(true);
      const currencies = Object.keys(day.rates) as CurrencyCode[];
      expect(currencies.length).toBeGreaterThanOrEqual(29);
      for (const sell of currencies) {
        expect(crossRate({ day }, { sell, buy: 'EUR' })).not.toHaveProperty('code');
      }
    });

    it('of 2026-06-30 has the figures of the file that comes with the product', () => {
      const bundled = readFileSync(
        new URL('../../../events/inbound/ecb/2026-06-30.xml', import.meta.url),
        'utf8',
      );
      const published = dayIn('2026-06-30.xml');
      expect(parseEcbDaily(bundled, published)).toEqual(published);
    });
  },
);
