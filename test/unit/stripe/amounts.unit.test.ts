import {
  fromStripeAmount,
  toStripeAmount,
  unrepresentable,
  wholePayout,
} from '../../../src/adapters/stripe/amounts.ts';
import { StripeLimitOverrides, stripeLimits } from '../../../src/adapters/stripe/limits.ts';
import {
  type CurrencyCode,
  currencyCodes,
  isCurrencyActiveOn,
  minorUnitDigits,
  payableStep,
} from '../../../src/money/currency.ts';
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

/** Docs: docs.stripe.com/currencies. Every other currency has two digits at Stripe as in ISO 4217. */
const ZERO = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const THREE = 'BHD JOD KWD OMR TND'.split(' ');
const TIMES_HUNDRED = ['ISK', 'UGX'];
const takenByStripe = currencyCodes.filter(
  (code) =>
    isCurrencyActiveOn(code, '2026-11-26') &&
    // Units of account and currencies that Stripe does not know.
    !['CLF', 'UYW', 'UYI', 'IQD', 'LYD'].includes(code),
);

describe('A thousand of a currency at Stripe', () => {
  const unitsExpected = (code: CurrencyCode): number => {
    if (ZERO.includes(code)) return 1_000;
    return THREE.includes(code) ? 1_000_000 : 100_000;
  };

  it.each(takenByStripe)('in %s is what its table of currencies says', (code) => {
    const amount = money(code, 1_000n * 10n ** BigInt(minorUnitDigits(code)));
    expect(toStripeAmount(amount).amount).toBe(unitsExpected(code));
    expect(fromStripeAmount(unitsExpected(code), code.toLowerCase())).toEqual(amount);
  });

  it('has a whole number of hundreds where Stripe only seems to have decimals', () => {
    for (const code of TIMES_HUNDRED as CurrencyCode[]) {
      expect(toStripeAmount(money(code, 1n)).amount).toBe(100);
    }
  });
});

describe('The smallest charge', () => {
  it.each([
    ['USD', 50n],
    ['GBP', 30n],
    ['HKD', 400n],
    ['JPY', 50n],
    ['KRW', 50n],
    ['MXN', 1_000n],
    ['CZK', 1_500n],
    ['HUF', 17_500n],
    ['DKK', 250n],
    ['AED', 200n],
    ['KWD', 10n],
    ['TWD', 1n],
  ] as const)('in %s is %p minor units', (currency, amountMinor) => {
    expect(unrepresentable(money(currency, amountMinor))).toBeUndefined();
    expect(
      unrepresentable(money(currency, amountMinor - (currency === 'KWD' ? 10n : 1n))),
    ).toMatchObject({ code: 'payment.amount_out_of_range' });
  });
});

describe('The largest charge', () => {
  it.each([
    ['USD', 99_999_999n],
    ['JPY', 99_999_999n],
    ['INR', 999_999_999n],
    ['COP', 9_999_999_999n],
    ['IDR', 999_999_999_999n],
  ] as const)('in %s is %p minor units', (currency, amountMinor) => {
    expect(unrepresentable(money(currency, amountMinor))).toBeUndefined();
    expect(unrepresentable(money(currency, amountMinor + 1n))).toMatchObject({
      code: 'payment.amount_out_of_range',
    });
  });
});

describe('The limits of an account', () => {
  const limits = stripeLimits(
    StripeLimitOverrides.parse({
      minimums: { USD: '100' },
      maximums: { EUR: '500' },
      maximum: '999999999999',
    }),
  );

  it('stand in the place of the usual ones', () => {
    expect(unrepresentable(money('USD', 99n), limits)).toBeDefined();
    expect(unrepresentable(money('USD', 999_999_999_999n), limits)).toBeUndefined();
    expect(unrepresentable(money('EUR', 501n), limits)).toBeDefined();
    expect(unrepresentable(money('GBP', 29n), limits)).toBeDefined();
  });

  it.each([
    { minimums: { USD: 100 } },
    { minimums: { USD: '0' } },
    { minimums: { USD: '1.5' } },
    { minimums: { XAU: '1' } },
    { maximum: '-1' },
    { most: '1' },
  ])('are not %p', (overrides) => {
    expect(StripeLimitOverrides.safeParse(overrides).success).toBe(false);
  });
});

describe('The step of a charge', () => {
  it.each([
    ['KWD', 10n],
    ['BHD', 10n],
    ['MGA', 100n],
    ['HUF', 1n],
    ['JPY', 1n],
    ['UGX', 1n],
    ['USD', 1n],
  ] as const)('in %s is %p minor units', (currency, step) => {
    expect(payableStep(currency)).toBe(step);
    expect(unrepresentable(money(currency, 20_000n * step))).toBeUndefined();
  });

  it.each(takenByStripe)('in %s is the least by which Stripe’s own unit grows', (currency) => {
    const step = money(currency, payableStep(currency));
    const { amount } = toStripeAmount(step);
    expect(amount).toBe(THREE.includes(currency) ? 10 : TIMES_HUNDRED.includes(currency) ? 100 : 1);
  });
});

describe('A payout', () => {
  it.each([
    ['HUF', 350_050n, 350_000n],
    ['HUF', 99n, 0n],
    ['TWD', 12_345n, 12_300n],
    ['KWD', 12_345n, 12_340n],
    ['MGA', 500_050n, 500_000n],
    ['USD', 12_345n, 12_345n],
    ['JPY', 12_345n, 12_345n],
    ['ISK', 12_345n, 12_345n],
  ] as const)('in %s of %p pays %p, and the rest stays', (currency, amountMinor, payable) => {
    const parts = wholePayout(money(currency, amountMinor));
    expect(parts).toEqual({
      payable: money(currency, payable),
      left: money(currency, amountMinor - payable),
    });
    expect(() => toStripeAmount(parts.payable)).not.toThrow();
  });
});
