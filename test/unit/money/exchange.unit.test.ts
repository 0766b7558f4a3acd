import fc from 'fast-check';
import { minorUnitDigits } from '../../../src/money/currency.ts';
import { exchange } from '../../../src/money/exchange.ts';
import { money } from '../../../src/money/money.ts';
import { one, parseDecimal } from '../../../src/money/rational.ts';
import { anyCurrency, anyMoney } from './arbitraries.ts';

describe('An amount in another currency', () => {
  it.each([
    ['USD from EUR', money('EUR', 100_00n), 'USD', '1.1699', 116_99n],
    ['JPY, which has no decimals', money('EUR', 100_00n), 'JPY', '184.55', 18_455n],
    ['EUR from JPY', money('JPY', 18_455n), 'EUR', '0.0054', 99_65n],
    ['KWD, which has three', money('USD', 10_00n), 'KWD', '0.307', 3_070n],
  ] as const)('is whole minor units of %s', (_, amount, to, rate, amountMinor) => {
    expect(exchange(amount, { to, rate: parseDecimal(rate), rounding: 'floor' })).toEqual(
      money(to, amountMinor),
    );
  });

  it.each([
    ['floor', 33n],
    ['ceil', 34n],
    ['halfEven', 34n],
    ['halfUp', 34n],
  ] as const)('is rounded once, as the caller says: %s', (rounding, amountMinor) => {
    expect(exchange(money('EUR', 67n), { to: 'USD', rate: parseDecimal('0.5'), rounding })).toEqual(
      money('USD', amountMinor),
    );
  });

  it.each([
    ['floor', 12_300n],
    ['ceil', 12_400n],
  ] as const)('is a multiple of the step where one is given: %s', (rounding, amountMinor) => {
    const rate = parseDecimal('123.45');
    expect(exchange(money('EUR', 100n), { to: 'HUF', rate, rounding, step: 100n })).toEqual(
      money('HUF', amountMinor),
    );
  });

  it('at one for one keeps its value wherever the decimals suffice', () => {
    fc.assert(
      fc.property(anyMoney, anyCurrency, (amount, to) => {
        fc.pre(minorUnitDigits(to) >= minorUnitDigits(amount.currency));
        const there = exchange(amount, { to, rate: one, rounding: 'floor' });
        expect(exchange(there, { to: amount.currency, rate: one, rounding: 'floor' })).toEqual(
          amount,
        );
      }),
    );
  });
});
