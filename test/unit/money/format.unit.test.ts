import fc from 'fast-check';
import { minorUnitDigits } from '../../../src/money/currency.ts';
import { formatMoney, fromMajorString, toMajorString } from '../../../src/money/format.ts';
import { money } from '../../../src/money/money.ts';
import { anyMoney } from './arbitraries.ts';

describe('An amount in major units', () => {
  it.each([
    [money('USD', 1_150_000n), '11500.00'],
    [money('USD', 5n), '0.05'],
    [money('USD', 0n), '0.00'],
    [money('USD', -5n), '-0.05'],
    [money('JPY', 1_234n), '1234'],
    [money('JPY', -1n), '-1'],
    [money('KWD', 1_234_567n), '1234.567'],
    [money('CLF', 12_345n), '1.2345'],
    [money('EUR', 1_234_567_890_123_456_789_012n), '12345678901234567890.12'],
  ])('%p reads %s', (amount, expected) => {
    expect(toMajorString(amount)).toBe(expected);
  });

  it('has exactly the decimals of its currency and loses nothing', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        const text = toMajorString(amount);
        expect(text.split('.')[1]?.length ?? 0).toBe(minorUnitDigits(amount.currency));
        expect(BigInt(text.replace('.', ''))).toBe(amount.amountMinor);
      }),
    );
  });
});

describe('An amount that is read', () => {
  it.each([
    ['USD', '100.00', 10_000n],
    ['USD', '100', 10_000n],
    ['USD', '0.5', 50n],
    ['JPY', '1234', 1_234n],
    ['KWD', '1.5', 1_500n],
    ['CLF', '1.2345', 12_345n],
    ['USD', '0', 0n],
    ['USD', '9999999999999999.99', 999_999_999_999_999_999n],
  ] as const)('in %s from %s is exact', (currency, text, amountMinor) => {
    expect(fromMajorString(currency, text)).toEqual(money(currency, amountMinor));
  });

  it.each([
    ['USD', '100.001'],
    ['JPY', '1.0'],
    ['KWD', '1.0000'],
    ['USD', '1,000.00'],
    ['USD', '1,5'],
    ['USD', '-1'],
    ['USD', '+1'],
    ['USD', '1e3'],
    ['USD', '01'],
    ['USD', '.5'],
    ['USD', '5.'],
    ['USD', ''],
    ['USD', ' 1'],
    ['USD', '$1'],
    ['USD', '10000000000000000.00'],
    ['KRW', '1000000000000000000'],
    ['USD', '\u0661'],
  ] as const)('in %s from %p is refused, never rounded', (currency, text) => {
    expect(() => fromMajorString(currency, text)).toThrow(
      expect.objectContaining({ code: 'money.invalid' }),
    );
  });

  it.each([
    ['USD', '1,5', 'Expected an amount such as 100.00, received "1,5".'],
    ['JPY', '1.0', 'JPY has 0 decimals, received 1: 1.0.'],
    [
      'KRW',
      '1000000000000000000',
      'Expected at most 18 digits of minor units, received 1000000000000000000.',
    ],
  ] as const)('in %s from %p is refused with what is wrong of it', (currency, text, message) => {
    expect(() => fromMajorString(currency, text)).toThrow(message);
  });

  it('is what was written', () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        fc.pre(amount.amountMinor >= 0n && amount.amountMinor < 10n ** 18n);
        expect(fromMajorString(amount.currency, toMajorString(amount))).toEqual(amount);
      }),
    );
  });
});

describe('An amount for people', () => {
  it.each([
    [money('USD', 1_150_000n), undefined, '$11,500.00'],
    [money('EUR', 987_930n), 'de', '9.879,30\u00a0€'],
    [money('JPY', 1_234_567n), 'ja', '￥1,234,567'],
    [money('KRW', 1_000n), 'en', '₩1,000'],
    [money('KWD', 1_234_567n), 'en', 'KWD\u00a01,234.567'],
    [money('CLF', 12_345n), 'en', 'CLF\u00a01.2345'],
    [money('EUR', -4_940n), 'en', '-€49.40'],
    [money('EUR', 1_234_567_890_123_456_789_012n), 'en', '€12,345,678,901,234,567,890.12'],
  ])('%p in %p reads %s', (amount, locale, expected) => {
    expect(formatMoney(amount, locale)).toBe(expected);
  });

  it.each(['HUF', 'IDR', 'IQD', 'MGA', 'COP'] as const)(
    'has the decimals of ISO 4217 for %s, where Intl would drop them',
    (currency) => {
      const decimals = minorUnitDigits(currency);
      expect(formatMoney(money(currency, 10n ** BigInt(decimals)))).toMatch(
        new RegExp(`1\\.0{${decimals}}$`),
      );
    },
  );
});
