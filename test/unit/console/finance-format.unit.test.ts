import * as fc from 'fast-check';
import { csvOf } from '../../../console/finance/app/csv.ts';
import { decimalOf, instantText, moneyText } from '../../../console/finance/app/format.ts';
import { linkTo, routeOf, screens } from '../../../console/finance/app/route.ts';
import { currencyCodes, minorUnitDigits } from '../../../src/money/currency.ts';

const SPACE = '\u00a0';

describe('An amount in the console', () => {
  it.each([
    ['1150000', 'USD', '11,500.00'],
    ['-5', 'EUR', '-0.05'],
    ['0', 'USD', '0.00'],
    ['15000', 'KRW', '15,000'],
    ['1234567', 'KWD', '1,234.567'],
    ['9007199254740993001', 'USD', '90,071,992,547,409,930.01'],
  ])('of %s %s is %s', (minor, currency, text) => {
    expect(moneyText('en', minor, currency)).toBe(`${text}${SPACE}${currency}`);
    expect(moneyText('ko', minor, currency)).toBe(`${text}${SPACE}${currency}`);
  });

  it('keeps every digit, whatever the currency', () => {
    const currency = fc.constantFrom(...currencyCodes);
    fc.assert(
      fc.property(fc.bigInt(), currency, (minor, code) => {
        const decimal = decimalOf(String(minor), code);
        const [, fraction = ''] = decimal.split('.');
        expect(fraction).toHaveLength(minorUnitDigits(code));
        expect(BigInt(decimal.replace('.', ''))).toBe(minor);
        expect(moneyText('en', String(minor), code).replaceAll(',', '')).toBe(
          `${decimal}${SPACE}${code}`,
        );
      }),
    );
  });

  it('is shown as it came where nobody knows its currency', () => {
    expect(moneyText('en', '12', 'XAU')).toBe('12 XAU');
    expect(moneyText('en', 'many', 'USD')).toBe('many USD');
  });
});

describe('An instant in the console', () => {
  it('is of the minute, in UTC', () => {
    expect(instantText('2026-07-01T08:00:59.000Z')).toBe('2026-07-01 08:00');
  });
});

describe('A table as CSV', () => {
  it('quotes what would break it, and ends each row', () => {
    expect(
      csvOf([
        ['a', 'b,c'],
        ['"d"', 'e\nf'],
        [3, '-1.50'],
      ]),
    ).toBe('a,"b,c"\r\n"""d""","e\nf"\r\n3,-1.50\r\n');
  });

  it.each(['=1+1', '+1', '@A1', '-A1', '\tx'])('keeps %p text in a spreadsheet', (text) => {
    expect(csvOf([[text]])).toBe(`'${text}\r\n`);
  });
});

describe('A deep link', () => {
  it('leads back to where it was made, whatever the id', () => {
    const word = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.constantFrom(...screens), word, word, (screen, id, kind) => {
        const link = linkTo(screen, { id, kind, age: '' });
        expect(routeOf(link)).toEqual({ screen, id, query: { kind } });
      }),
    );
  });

  it('that nobody made is today', () => {
    const today = { screen: 'today', id: undefined, query: {} };
    expect(routeOf('')).toEqual(today);
    expect(routeOf('#/constructor')).toEqual(today);
    expect(routeOf('#/breaks/%E0%A4%A')).toMatchObject({ screen: 'breaks', id: '%E0%A4%A' });
  });
});
