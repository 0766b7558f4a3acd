import * as z from 'zod/mini';
import { countryCode } from '../../events/common.ts';
import { type PayoutRail, payoutRail } from '../../events/payout/common.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { type Money, zero } from '../money/money.ts';
import { currencySchema, moneySchema } from '../money/schema.ts';

/**
 * How sellers of a country are paid in a currency. `rails` are those that serve the corridor; a
 * seller's account decides between them. Less than `minimum` waits for the seller's next payout. With
 * `recoverByReversal`, what a seller owes is first taken back of the transfer that paid it.
 */
export const Corridor = z.strictObject({
  country: z.optional(countryCode),
  currency: z.optional(currencySchema),
  rails: z.array(payoutRail).check(z.minLength(1)),
  minimum: z.optional(moneySchema),
  recoverByReversal: z.optional(z.boolean()),
});
export type Corridor = z.infer<typeof Corridor>;

/** The corridors in the order in which they are tried; the first that fits a payout is its own. */
export const Corridors = z.array(Corridor);

const EVERYWHERE: Corridor = { rails: ['stripe_transfer', 'bank_file'] };

/**
 * The corridors of a deployment that configures none. Korea is not self-serve at Stripe Connect, so a
 * bank file comes first there. The minimums are Stripe's own
 * (docs.stripe.com/connect/cross-border-payouts/special-requirements).
 */
export const DEFAULT_CORRIDORS: readonly Corridor[] = [
  { country: 'KR', rails: ['bank_file', 'stripe_transfer'] },
  {
    country: 'AR',
    currency: 'ARS',
    rails: ['stripe_transfer', 'bank_file'],
    minimum: { currency: 'ARS', amountMinor: 460_000n },
  },
  {
    country: 'AM',
    currency: 'AMD',
    rails: ['stripe_transfer', 'bank_file'],
    minimum: { currency: 'AMD', amountMinor: 1_210_000n },
  },
  EVERYWHERE,
];

/** What an account can be paid by: `acct_…` is one at Stripe, anything else a bank account of ours. */
export const railOfAccount = (payoutAccountId: string): PayoutRail =>
  payoutAccountId.startsWith('acct_') ? 'stripe_transfer' : 'bank_file';

export type CorridorQuery = {
  readonly country: string | undefined;
  readonly currency: CurrencyCode;
  readonly payoutAccountId: string;
};

export type CorridorRoute = {
  readonly rail: PayoutRail;
  readonly minimum: Money;
  readonly recoverByReversal: boolean;
};

/** The corridor of a payout, and the rail in it that the account can take; undefined where none can. */
export function routeFor(
  corridors: readonly Corridor[],
  { country, currency, payoutAccountId }: CorridorQuery,
): CorridorRoute | undefined {
  const corridor =
    corridors.find(
      (one) =>
        (one.country === undefined || one.country === country) &&
        (one.currency === undefined || one.currency === currency),
    ) ?? EVERYWHERE;
  const rail = railOfAccount(payoutAccountId);
  if (!corridor.rails.includes(rail)) return undefined;
  const { minimum, recoverByReversal = false } = corridor;
  const least = minimum?.currency === currency ? minimum : zero(currency);
  return { rail, minimum: least, recoverByReversal };
}

/**
 * Whether any currency of that country is paid by the rail that the account can take: up to the
 * corridor that takes every currency, and everywhere where there is none.
 */
export function servesCountry(
  corridors: readonly Corridor[],
  { country, payoutAccountId }: Omit<CorridorQuery, 'currency'>,
): boolean {
  const own = corridors.filter((one) => one.country === undefined || one.country === country);
  const last = own.findIndex(({ currency }) => currency === undefined);
  const tried = last === -1 ? [...own, EVERYWHERE] : own.slice(0, last + 1);
  return tried.some(({ rails }) => rails.includes(railOfAccount(payoutAccountId)));
}

/** A deployment's own corridors as JSON; the default ones where it configures none. */
export const corridorsText = z.pipe(
  z.optional(z.string()),
  z.transform((json) =>
    json === undefined ? DEFAULT_CORRIDORS : Corridors.parse(JSON.parse(json)),
  ),
);
