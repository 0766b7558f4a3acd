import * as z from 'zod/mini';
import type { CurrencyCode } from '../../money/currency.ts';
import { currencySchema } from '../../money/schema.ts';

const units = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,14}$/)),
  z.transform((digits) => BigInt(digits)),
);
const byCurrency = z._default(z.partialRecord(currencySchema, units), {});

/**
 * Where an account's limits differ from Stripe's usual ones, in Stripe's own unit as text. `maximum`
 * is that of every currency which has none of its own.
 *
 * @example { "minimums": { "USD": "100" }, "maximum": "999999999999" } // cards only
 */
export const StripeLimitOverrides = z.strictObject({
  minimums: byCurrency,
  maximums: byCurrency,
  maximum: z.optional(units),
});
export type StripeLimitOverrides = z.infer<typeof StripeLimitOverrides>;

type Amounts = Readonly<Partial<Record<CurrencyCode, bigint>>>;

/** The smallest and largest single charge, in Stripe's own unit. */
export type StripeLimits = {
  readonly minimums: Amounts;
  readonly maximums: Amounts;
  readonly maximum: bigint;
};

/**
 * Stripe judges its minimum in the currency that the account settles in; these are the ones of each
 * currency settled in itself. A currency without one is left to Stripe. At most eight digits are
 * taken where the payment method is not known to allow more (docs.stripe.com/currencies).
 */
export const usualStripeLimits: StripeLimits = {
  minimums: {
    ...{ USD: 50n, EUR: 50n, GBP: 30n, CHF: 50n, CAD: 50n, AUD: 50n, NZD: 50n, SGD: 50n },
    ...{ BRL: 50n, INR: 50n, JPY: 50n, KRW: 50n, AED: 200n, MYR: 200n, PLN: 200n, RON: 200n },
    ...{ DKK: 250n, NOK: 300n, SEK: 300n, HKD: 400n, MXN: 1_000n, THB: 1_000n },
    ...{ CZK: 1_500n, HUF: 17_500n },
  },
  maximums: { INR: 999_999_999n, COP: 9_999_999_999n, IDR: 999_999_999_999n },
  maximum: 99_999_999n,
};

/** The usual limits with an account's own in their place. */
export const stripeLimits = ({
  minimums,
  maximums,
  maximum = usualStripeLimits.maximum,
}: StripeLimitOverrides): StripeLimits => ({
  minimums: { ...usualStripeLimits.minimums, ...minimums },
  maximums: { ...usualStripeLimits.maximums, ...maximums },
  maximum,
});
