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
    { units: 5, currency: 'xxx' },
  ])('that reads $units $currency is no money', ({ units, currency }) => {
    expect(() => fromStripeAmount(units, currency)).toThrow('is not money');
  });
});
