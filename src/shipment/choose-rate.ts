import * as z from 'zod/mini';
import { compare } from '../money/money.ts';
import { currencySchema } from '../money/schema.ts';
import type { CarrierRate } from './ports.ts';

const name = z.string().check(z.minLength(1), z.maxLength(128));

/**
 * Which of the offered rates is bought. What is left out does not narrow the choice; a rule that
 * nothing fits buys nothing.
 */
export const RateRule = z.strictObject({
  /** What counts first among the rates that fit; the other comes second. */
  prefer: z._default(z.enum(['price', 'time']), 'price'),
  /** Carriers that may be used, as the provider spells them. */
  carriers: z.optional(z.array(name)),
  /** Services that may be used, as the provider spells them. */
  services: z.optional(z.array(name)),
  /** The most days that it may take. A rate that tells none does not fit. */
  maxDays: z.optional(z.int().check(z.gte(1))),
  /** The most that it may cost, in minor units of a currency. Rates in others do not fit. */
  maxPrice: z.optional(
    z.strictObject({
      currency: currencySchema,
      amountMinor: z.string().check(z.regex(/^\d{1,18}$/)),
    }),
  ),
});
export type RateRule = z.infer<typeof RateRule>;

export const CHEAPEST: RateRule = { prefer: 'price' };

/** The rates that fit a rule, what it prefers first. Two tries order them alike. */
export const rankRates =
  (rule: RateRule) =>
  (rates: readonly CarrierRate[]): readonly CarrierRate[] =>
    rates.filter((rate) => fits(rule, rate)).toSorted(by(rule));

/** The rate that a rule chooses; undefined where none fits. */
export const chooseRate =
  (rule: RateRule) =>
  (rates: readonly CarrierRate[]): CarrierRate | undefined =>
    rankRates(rule)(rates)[0];

const fits = (
  { carriers, services, maxDays, maxPrice }: RateRule,
  { carrier, service, deliveryDays, price }: CarrierRate,
): boolean =>
  (carriers === undefined || carriers.includes(carrier)) &&
  (services === undefined || services.includes(service)) &&
  (maxDays === undefined || (deliveryDays ?? Number.POSITIVE_INFINITY) <= maxDays) &&
  (maxPrice === undefined ||
    (price.currency === maxPrice.currency && price.amountMinor <= BigInt(maxPrice.amountMinor)));

/** Dollars come before other currencies, which can't be compared; ids settle what is equal. */
const by =
  ({ prefer }: RateRule) =>
  (left: CarrierRate, right: CarrierRate): number => {
    const price = byPrice(left, right);
    const time = daysOf(left) - daysOf(right);
    const first = prefer === 'price' ? price || time : time || price;
    return first || compareText(left.rateId, right.rateId);
  };

/** Cheaper first; dollars before other currencies, which are never weighed against each other. */
export const byPrice = (
  left: Pick<CarrierRate, 'price'>,
  right: Pick<CarrierRate, 'price'>,
): number =>
  Number(left.price.currency !== 'USD') - Number(right.price.currency !== 'USD') ||
  compareText(left.price.currency, right.price.currency) ||
  compare(left.price, right.price);

const daysOf = ({ deliveryDays }: CarrierRate): number => deliveryDays ?? Number.MAX_SAFE_INTEGER;

const compareText = (left: string, right: string): number =>
  left === right ? 0 : left < right ? -1 : 1;
