import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { CodedError } from '../platform/errors.ts';
import { daysBetween } from '../platform/target-calendar.ts';
import { crossRate } from './cross-rate.ts';
import { type Lock, lockFor, lockSeconds } from './lock-policy.ts';
import type { RatesStore } from './ports.ts';
import { type QuoteRejection, quote } from './quote.ts';
import type { RateDay } from './rate-day.ts';
import { stalenessOf } from './staleness.ts';

/** What a lock costs: a figure, or what a policy says of the pair, the lock and the day. */
export type LockPremium =
  | number
  | ((terms: {
      readonly lock: Lock;
      readonly pair: readonly [CurrencyCode, CurrencyCode];
      readonly now: Date;
    }) => number);

export type PricePorts = {
  readonly rates: Pick<RatesStore, 'latest'>;
  /** The second source, for currencies that the first one lacks. */
  readonly indicativeRates?: Pick<RatesStore, 'latest'>;
  readonly marginBasisPoints: number;
  readonly lockPremiumBasisPoints: LockPremium;
  /** The minor units in whose multiples the provider charges a currency; 1 where it is left out. */
  readonly chargeStep?: (currency: CurrencyCode) => bigint;
};

export type PriceRequest = {
  readonly id: string;
  readonly tradeId: string;
  readonly fixedSide: 'buy' | 'sell';
  readonly amount: Money;
  readonly otherCurrency: CurrencyCode;
  readonly lockSeconds: number;
  readonly now: Date;
  /** Said of the quote, where its terms were chosen by name. */
  readonly policyVersion?: string;
};

/** An indicative day that is older says nothing of today. */
export const INDICATIVE_AGE_DAYS = 5;

/**
 * A price on the latest stored day of rates, if that is fresh enough: two publications behind, it is
 * locked for five minutes at most and marked; further behind, there is none. One currency against
 * itself is 1 on rates of any age, but a day has to be stored: every quote names one as its reference.
 *
 * @throws CodedError `fx.rates_unavailable`, `fx.rates_stale`, retryable: the schedule brings rates.
 */
export async function priceQuote(
  ports: PricePorts,
  request: PriceRequest,
): Promise<FxQuote | QuoteRejection> {
  const { amount, otherCurrency, now, policyVersion } = request;
  const pair = [amount.currency, otherCurrency] as const;
  const rateDay = await latestDay(ports.rates);
  const isExchange = amount.currency !== otherCurrency;
  const isStale = isExchange && isShortLocksOnly(rateDay, now);
  const seconds = isStale ? Math.min(request.lockSeconds, lockSeconds.M5) : request.lockSeconds;
  const lock = lockFor(seconds);
  const { lockPremiumBasisPoints: premium } = ports;
  return quote({
    ...request,
    lockSeconds: seconds,
    rateDay,
    indicativeDay: await indicativeDay(ports, { rateDay, pair, now }),
    marginBasisPoints: ports.marginBasisPoints,
    // One currency against itself is never rounded: what is asked for is refused, or charged.
    sellStep: isExchange ? ports.chargeStep?.(otherCurrency) : undefined,
    lockPremiumBasisPoints: typeof premium === 'number' ? premium : premium({ lock, pair, now }),
    about: {
      ...(isStale ? { stale: true } : {}),
      ...(policyVersion === undefined ? {} : { lock, policyVersion }),
    },
  });
}

/** @throws CodedError `fx.rates_stale` where the rates are too old for any quote. */
function isShortLocksOnly({ rateDate }: RateDay, now: Date): boolean {
  const { level, missedDays } = stalenessOf(rateDate, now);
  if (level !== 'refused') return level === 'short_locks_only';
  throw new CodedError({
    code: 'fx.rates_stale',
    message: `The latest rates are of ${rateDate}, ${missedDays} publications ago.`,
    retryable: true,
    fields: { rateDate },
  });
}

/** @throws CodedError `fx.rates_unavailable`, retryable. */
export async function latestDay(rates: Pick<RatesStore, 'latest'>): Promise<RateDay> {
  const day = await rates.latest();
  if (day !== undefined) return day;
  throw new CodedError({
    code: 'fx.rates_unavailable',
    message: 'No day of reference rates is stored yet.',
    retryable: true,
  });
}

/** The second source is read only where the first one is not enough. */
async function indicativeDay(
  { indicativeRates }: PricePorts,
  {
    rateDay,
    pair: [sell, buy],
    now,
  }: {
    readonly rateDay: RateDay;
    readonly pair: readonly [CurrencyCode, CurrencyCode];
    readonly now: Date;
  },
): Promise<RateDay | undefined> {
  if (!('code' in crossRate({ day: rateDay }, { sell, buy }))) return undefined;
  const day = await indicativeRates?.latest();
  if (day === undefined) return undefined;
  const today = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  return daysBetween(day.rateDate, today) <= INDICATIVE_AGE_DAYS ? day : undefined;
}
