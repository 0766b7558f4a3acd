import * as fc from 'fast-check';
import { readAmount } from '../../../console/finance/app/amount-entry.ts';
import { decimalOf, moneyText } from '../../../console/finance/app/format.ts';
import { languages } from '../../../console/finance/app/words.ts';
import { currencyCodes, minorUnitDigits } from '../../../src/money/currency.ts';

const currency = fc.constantFrom(...currencyCodes);
const minorUnits = fc.bigInt({ min: 0n, max: 10n ** 30n });

describe('An amount that a person writes', () => {
  it('is the minor units that it is saved as, whatever the currency', () => {
    fc.assert(
      fc.property(minorUnits, currency, (minor, code) => {
        expect(readAmount(decimalOf(String(minor), code), code)).toEqual({
          amountMinor: String(minor),
        });
      }),
    );
  });

  it('may be copied from the page, in each of its languages', () => {
    const language = fc.constantFrom(...languages);
    fc.assert(
      fc.property(minorUnits, currency, language, (minor, code, shownIn) => {
        const [shown = ''] = moneyText(shownIn, String(minor), code).split('\u00a0');
        expect(readAmount(shown, code)).toEqual({ amountMinor: String(minor) });
      }),
    );
  });

  it.each([
    ['12.50', 'USD', '1250'],
    ['12.5', 'USD', '1250'],
    ['1250', 'USD', '125000'],
    ['1,250', 'USD', '125000'],
    ['1,250.5', 'EUR', '125050'],
    ['1,234,567.89', 'EUR', '123456789'],
    ['1 250', 'KRW', '1250'],
    ['1,250', 'KRW', '1250'],
    ['12,500', 'JPY', '12500'],
    ['1\u202f250.50', 'EUR', '125050'],
    ['1\u00a0250', 'JPY', '1250'],
    [' 7 ', 'JPY', '7'],
    ['007', 'JPY', '7'],
    ['0.001', 'KWD', '1'],
    ['1.250', 'KWD', '1250'],
    ['1,250.000', 'KWD', '1250000'],
    ['1,250,000', 'KWD', '1250000000'],
    ['1 250', 'BHD', '1250000'],
    ['１，２５０．５０', 'USD', '125050'],
    ['12345678901234567890.12', 'USD', '1234567890123456789012'],
  ])('of %p %s is %s', (text, code, amountMinor) => {
    expect(readAmount(text, code)).toEqual({ amountMinor });
  });
});

describe('An amount that can be read in two ways, or in none', () => {
  it.each([
    ['12,50', 'USD', 'comma'],
    ['12,5', 'USD', 'comma'],
    ['1250,00', 'EUR', 'comma'],
    ['1250,000', 'EUR', 'comma'],
    ['1.250,50', 'EUR', 'comma'],
    ['1 250,50', 'EUR', 'comma'],
    ['12,50', 'KRW', 'comma'],
    ['12,500', 'KWD', 'ambiguous'],
    ['1,250', 'BHD', 'ambiguous'],
    ['1,250', 'CLF', 'ambiguous'],
    ['1,2500', 'CLF', 'comma'],
    ['12,34,567', 'INR', 'comma'],
    ['1,250,50', 'USD', 'comma'],
    ['1,250 000', 'USD', 'comma'],
    ['0,500', 'USD', 'comma'],
    [',50', 'USD', 'comma'],
    ['1,', 'USD', 'comma'],
    ['1.255', 'EUR', 'decimals'],
    ['1.250', 'KRW', 'decimals'],
    ['1.5', 'KRW', 'decimals'],
    ['1.0', 'JPY', 'decimals'],
    ['1.2505', 'KWD', 'decimals'],
    ['1.250.000', 'EUR', 'number'],
    ['1 25', 'EUR', 'number'],
    ['-1', 'EUR', 'number'],
    ['+1', 'EUR', 'number'],
    ['1e3', 'EUR', 'number'],
    ['5²', 'EUR', 'number'],
    ["1'250.00", 'CHF', 'number'],
    ['1.', 'EUR', 'number'],
    ['.5', 'EUR', 'number'],
    ['$12', 'USD', 'number'],
    ['', 'EUR', 'number'],
    ['ten', 'EUR', 'number'],
    ['1', 'XXQ', 'currency'],
    ['1', '', 'currency'],
  ])('of %p %s is refused: %s', (text, code, unread) => {
    expect(readAmount(text, code)).toEqual({ unread });
  });

  it('is never read with a comma as what another would read behind a decimal comma', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,2}$/);
    const decimals = fc.stringMatching(/^\d{1,4}$/);
    fc.assert(
      fc.property(digits, decimals, currency, (whole, fraction, code) => {
        const entry = readAmount(`${whole},${fraction}`, code);
        // Behind a comma a currency's own decimals may stand, and fewer: three digits group thousands
        // only where the currency has none or two.
        const mayGroup = fraction.length === 3 && minorUnitDigits(code) < 3;
        expect('amountMinor' in entry).toBe(mayGroup);
      }),
    );
  });
});
