import {
  fromStripeAmount,
  toStripeAmount,
  unrepresentable,
} from '../../../src/adapters/stripe/amounts.ts';
import { money } from '../../../src/money/money.ts';

describe('An amount at Stripe', () => {
  it.each([
    { amount: money('USD', 1_150_000n), units: 1_150_000 },
    { amount: money('JPY', 5_000n), units: 5_000 },
    { amount: money('KRW', 15_000_000n), units: 15_000_000 },
    { amount: money('KWD', 12_340n), units: 12_340 },
    { amount: money('ISK', 1_500n), units: 150_000 },
    { amount: money('UGX', 40_000n), units: 4_000_000 },
    { amount: money('MGA', 500_000n), units: 5_000 },
    { amount: money('HUF', 350_000n), units: 350_000 },
  ])('of $amount.currency has Stripe’s own unit, and comes back as it was', ({ amount, units }) => {
    expect(toStripeAmount(amount)).toEqual({
      amount: units,
      currency: amount.currency.toLowerCase(),
    });
    expect(fromStripeAmount(units, amount.currency.toLowerCase())).toEqual(amount);
    expect(unrepresentable(amount)).toBeUndefined();
  });

  it.each([
    {
      what: 'a part of an ariary',
      amount: money('MGA', 500_050n),
      code: 'payment.amount_not_chargeable',
    },
    { what: 'an odd fils', amount: money('KWD', 12_345n), code: 'payment.amount_not_chargeable' },
    { what: 'under half a dollar', amount: money('USD', 49n), code: 'payment.amount_out_of_range' },
    {
      what: 'a million dollars',
      amount: money('USD', 100_000_000n),
      code: 'payment.amount_out_of_range',
    },
  ])('can’t be $what', ({ amount, code }) => {
    expect(unrepresentable(amount)).toMatchObject({ code });
  });

  it.each([
    { units: 1.5, currency: 'usd' },
    { units: Number.MAX_SAFE_INTEGER + 1, currency: 'usd' },
    { units: Number.NaN, currency: 'usd' },
    { units: 5, currency: 'xxx' },
    { units: 150_050, currency: 'isk' },
    { units: 4_000_001, currency: 'ugx' },
  ])('that reads $units $currency is no money', ({ units, currency }) => {
    expect(() => fromStripeAmount(units, currency)).toThrow('is not money');
  });

  it('that reads as less than nothing is a loss of as much', () => {
    expect(fromStripeAmount(-150_000, 'isk')).toEqual(money('ISK', -1_500n));
    expect(fromStripeAmount(-1_150_000, 'usd')).toEqual(money('USD', -1_150_000n));
  });

  it.each([
    { what: 'the smallest charge', amount: money('USD', 50n) },
    { what: 'the largest charge', amount: money('USD', 99_999_999n) },
    { what: 'the largest charge in a unit of a hundredth', amount: money('ISK', 999_999n) },
  ])('may be $what', ({ amount }) => {
    expect(unrepresentable(amount)).toBeUndefined();
  });

  it('is measured in Stripe’s own unit', () => {
    expect(unrepresentable(money('ISK', 1_000_000n))).toMatchObject({
      code: 'payment.amount_out_of_range',
    });
  });

  it.each([
    { what: 'a part of an ariary', amount: money('MGA', 500_050n) },
    { what: 'more than a number can hold', amount: money('USD', 10n ** 16n) },
  ])('is never sent with $what', ({ amount }) => {
    expect(() => toStripeAmount(amount)).toThrow(
      expect.objectContaining({ code: 'payment.amount_not_chargeable', retryable: false }),
    );
  });
});
