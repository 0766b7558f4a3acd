import { languages } from '../../../console/tracking/language.ts';
import { wordingFor } from '../../../console/tracking/wording.ts';
import { isCountryCode } from '../../../events/countries.ts';
import { money } from '../../../src/money/money.ts';

const now = new Date('2026-07-07T09:00:00.000Z');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const countries = [...letters]
  .flatMap((first) => [...letters].map((second) => first + second))
  .filter(isCountryCode);

describe('The wording of a page', () => {
  it.each(languages)('names each of the 249 countries and territories in %s', (language) => {
    const { country } = wordingFor({ language, tag: language }, now);
    const names = countries.map(country);
    expect(names).toHaveLength(249);
    expect(new Set(names).size).toBe(249);
    expect(names.filter((name) => /^[A-Z]{2}$/.test(name))).toEqual([]);
  });

  it.each([
    ['en', 'en-GB', '7 July 2026 at 09:00', '1,234.50'],
    ['de', 'de-AT', '7. Juli 2026 um 09:00', '1.234,50'],
    ['ja', 'ja', '2026年7月7日 9:00', '1,234.50'],
    ['ar', 'ar-SA', '٧ يوليو ٢٠٢٦ في ٩:٠٠ ص', '١٬٢٣٤٫٥٠'],
  ] as const)(
    'writes dates and money in %s as %s does, by the Gregorian calendar',
    (language, tag, date, amount) => {
      const wording = wordingFor({ language, tag }, now);
      expect(wording.date(now.toISOString()).markup).toContain(`>${date}</time>`);
      expect(wording.money(money('USD', 123_450n)).markup.replaceAll('\u00a0', ' ')).toContain(
        amount,
      );
    },
  );

  it('writes amounts with the decimals of their currency', () => {
    const { money: write } = wordingFor({ language: 'en', tag: 'en' }, now);
    expect(write(money('JPY', 1_234n)).markup).toBe('<bdi>¥1,234</bdi>');
    expect(write(money('KWD', 1_234n)).markup.replaceAll('\u00a0', ' ')).toBe(
      '<bdi>KWD 1.234</bdi>',
    );
  });

  it.each([
    ['ru', 1, '1 посылка'],
    ['ru', 3, '3 посылки'],
    ['ru', 11, '11 посылок'],
    ['pl', 22, '22 paczki'],
    ['pl', 5, '5 paczek'],
    ['ar', 2, 'طردان'],
    ['ar', 11, '11 طردًا'],
    ['en', 1_000, '1,000 parcels'],
    ['ja', 4, '4個の荷物'],
  ] as const)('counts in %s: %i is %s', (language, n, text) => {
    expect(wordingFor({ language, tag: language }, now).count('parcels', n)).toBe(text);
  });

  it('counts whole days until a deadline, and says nothing on the last one', () => {
    const { daysLeft } = wordingFor({ language: 'en', tag: 'en' }, now);
    expect(daysLeft('2026-07-09T08:59:00.000Z')).toBe('1 day left');
    expect(daysLeft('2026-07-10T09:00:00.000Z')).toBe('3 days left');
    expect(daysLeft('2026-07-08T08:59:00.000Z')).toBeUndefined();
    expect(daysLeft('2026-07-01T00:00:00.000Z')).toBeUndefined();
  });
});
