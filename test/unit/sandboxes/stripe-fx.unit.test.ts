import fc from 'fast-check';
import { createExchangeDesk, divideHalfUp } from '../../../local/sandboxes/stripe/fx.ts';

const rates = { usd: '1.1000', jpy: '160', kwd: '0.34', gbp: { num: 17n, den: 20n } };
const desk = createExchangeDesk(rates, 100);

describe('a conversion', () => {
  it.each([
    // amount, from, to, converted, minor unit to minor unit
    [10_000n, 'eur', 'usd', 10_890n, 1.089],
    [11_000n, 'usd', 'eur', 9_900n, 0.9],
    [1_000n, 'usd', 'jpy', 1_440n, 1.44],
    [1_440n, 'jpy', 'usd', 980n, 0.680625],
    [1_000n, 'kwd', 'usd', 320n, 0.320294117647],
    [10_000n, 'eur', 'gbp', 8_415n, 0.8415],
  ])('of %s %s to %s crosses the exponents exactly', (amountMinor, from, to, ...expected) => {
    const { amountMinor: converted, exchangeRate } = desk.convert({ amountMinor, from, to });
    expect([converted, exchangeRate]).toEqual(expected);
  });

  it('rounds halves up', () => {
    expect([divideHalfUp(1n, 2n), divideHalfUp(3n, 2n), divideHalfUp(49n, 100n)]).toEqual([
      1n,
      2n,
      0n,
    ]);
  });

  it('is the amount times the stated rate, to the minor unit', () => {
    const currency = fc.constantFrom('eur', 'usd', 'jpy', 'kwd', 'gbp');
    const amount = fc.bigInt({ min: 1n, max: 10n ** 10n });
    fc.assert(
      fc.property(amount, currency, currency, (amountMinor, from, to) => {
        const converted = desk.convert({ amountMinor, from, to });
        const stated = Number(amountMinor) * converted.exchangeRate;
        expect(Math.abs(stated - Number(converted.amountMinor))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('there and back never gains', () => {
    const amount = fc.bigInt({ min: 1_000n, max: 10n ** 10n });
    fc.assert(
      fc.property(amount, (amountMinor) => {
        const there = desk.convert({ amountMinor, from: 'eur', to: 'usd' });
        const back = desk.convert({ ...there, from: 'usd', to: 'eur' });
        expect(back.amountMinor).toBeLessThan(amountMinor);
      }),
    );
  });
});

describe('a rate', () => {
  it.each(['', 'abc', '1,1', '-1', '0', '1.'])('that is %j is refused', (rate) => {
    expect(() => createExchangeDesk({ usd: rate }, 0)).toThrow(RangeError);
  });

  it('that nobody gave can not be converted at', () => {
    expect(desk.supports('sek')).toBe(false);
    expect(() => desk.convert({ amountMinor: 1n, from: 'sek', to: 'eur' })).toThrow(RangeError);
  });
});
