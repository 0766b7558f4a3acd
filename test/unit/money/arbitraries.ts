import fc from 'fast-check';
import { type CurrencyCode, currencyCodes } from '../../../src/money/currency.ts';
import { largestAmountMinor, type Money, money } from '../../../src/money/money.ts';

export const anyCurrency: fc.Arbitrary<CurrencyCode> = fc.constantFrom(...currencyCodes);

/** Any amount that can be stored, on either side of zero. */
export const anyAmountMinor = fc.bigInt({ min: -largestAmountMinor, max: largestAmountMinor });

export const anyMoney: fc.Arbitrary<Money> = fc
  .tuple(anyCurrency, anyAmountMinor)
  .map(([currency, amountMinor]) => money(currency, amountMinor));

/** At least one weight above zero, small and huge ones mixed. */
export const anyWeights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 10n }), fc.bigInt({ min: 0n, max: 10n ** 20n })), {
    minLength: 1,
    maxLength: 12,
  })
  .filter((weights) => weights.some((weight) => weight > 0n));
