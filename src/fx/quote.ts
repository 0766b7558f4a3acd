import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import { type CurrencyCode, isCurrencyActiveOn } from '../money/currency.ts';
import { exchange } from '../money/exchange.ts';
import { largestAmountMinor, type Money, subtract } from '../money/money.ts';
import {
  divideRational,
  multiplyRational,
  one,
  type Rational,
  type RationalJson,
  rational,
  rationalFromJson,
  rationalToJson,
} from '../money/rational.ts';
import { type Cross, type CurrencyUnsupported, crossRate, type Leg } from './cross-rate.ts';
import { InvalidQuoteTermsError } from './errors.ts';
import type { Lock } from './lock-policy.ts';
import type { RateDay } from './rate-day.ts';

export type QuoteInput = {
  readonly id: string;
  readonly tradeId: string;
  /** Which side `amount` is: what the customer pays (`sell`) or the trade receives (`buy`). */
  readonly fixedSide: 'buy' | 'sell';
  readonly amount: Money;
  readonly otherCurrency: CurrencyCode;
  readonly rateDay: RateDay;
  /** For currencies that the central bank does not publish and that are pegged to none of its own. */
  readonly indicativeDay?: RateDay | undefined;
  /** What the platform earns, and what it takes for holding the price, in hundredths of a percent. */
  readonly marginBasisPoints: number;
  readonly lockPremiumBasisPoints: number;
  /** Zero for a price that is only shown. */
  readonly lockSeconds: number;
  /** The minor units in whose multiples the customer can pay; 1 where it is left out. */
  readonly sellStep?: bigint | undefined;
  readonly now: Date;
  /** What the quote says of itself beside its figures. */
  readonly about?: Pick<FxQuote, 'stale' | 'policyVersion'> & { readonly lock?: Lock };
};

/** Why there is no price. The bounds keep both sides between one minor unit and 18 digits. */
export type QuoteRejection =
  | CurrencyUnsupported
  | { readonly code: 'fx.amount_too_small'; readonly currency: CurrencyCode }
  | { readonly code: 'fx.amount_too_large'; readonly currency: CurrencyCode };

/**
 * A price for exchanging one currency for another, locked for one trade.
 *
 * The client rate is mid less margin and lock premium. The fixed side stands as given; the other
 * is rounded once, up if the customer pays it (to a multiple of `sellStep`) and down if the trade
 * receives it. A currency against itself costs nothing: rate 1, no margin, no premium, no spread.
 *
 * Terms no configuration may hold (negative basis points, 100 % or more, a negative lock) throw
 * `InvalidQuoteTermsError`. Source of the rules: TigerBeetle's currency exchange recipe, which
 * rounds in favor of the liquidity account and books the spread apart.
 *
 * @example
 * quote({ fixedSide: 'buy', amount: money('USD', 1_150_000n), otherCurrency: 'EUR', ... })
 * // at mid 1.1699 and 50 basis points: sell EUR 9,879.30, of which spread EUR 49.40
 */
export const quote = (input: QuoteInput): FxQuote | QuoteRejection => {
  assertTerms(input);
  const pair = pairOf(input);
  const cross = crossOf(input, pair);
  if ('code' in cross) {
    return cross;
  }
  const { mid } = cross;
  const sameCurrency = pair.sell === pair.buy;
  const marginBasisPoints = sameCurrency ? 0 : input.marginBasisPoints;
  const lockPremiumBasisPoints = sameCurrency ? 0 : input.lockPremiumBasisPoints;
  const client = lessBasisPoints(mid, marginBasisPoints + lockPremiumBasisPoints);
  const { sell, buy } = bothSides(input, client);
  const outOfRange = rangeProblem(sell) ?? rangeProblem(buy);
  if (outOfRange !== undefined) {
    return outOfRange;
  }
  return {
    id: input.id,
    tradeId: input.tradeId,
    fixedSide: input.fixedSide,
    sell,
    buy,
    reference: referenceOf(input, cross),
    mid: rationalToJson(mid),
    client: rationalToJson(client),
    marginBasisPoints,
    lockPremiumBasisPoints,
    ...splitAtMid({ received: sell, amount: buy, mid }),
    ...input.about,
    createdAt: input.now.toISOString(),
    expiresAt: new Date(input.now.getTime() + input.lockSeconds * 1000).toISOString(),
  };
};

/** True for the answer of `quote` that is not a price. */
export const isQuoteRejection = (answer: FxQuote | QuoteRejection): answer is QuoteRejection =>
  'code' in answer;

/** True from the instant of expiry on. `at` is the server's time when the charge is accepted. */
export const isExpired = (lock: Pick<FxQuote, 'expiresAt'>, at: Date): boolean =>
  at.getTime() >= Date.parse(lock.expiresAt);

/**
 * What was received for a trade, in two parts that sum to it exactly: `midSell`, which the trade's
 * `amount` is worth at the quote's mid rate (rounded up), and `spread`, the rest. Where less came in
 * than mid needs, the spread is negative: a loss on the exchange.
 */
export const settleQuote = ({
  received,
  amount,
  mid,
}: {
  received: Money;
  amount: Money;
  mid: RationalJson;
}): { midSell: Money; spread: Money } =>
  splitAtMid({ received, amount, mid: rationalFromJson(mid) });

type Pair = { readonly sell: CurrencyCode; readonly buy: CurrencyCode };

const pairOf = ({ fixedSide, amount, otherCurrency }: QuoteInput): Pair =>
  fixedSide === 'buy'
    ? { sell: otherCurrency, buy: amount.currency }
    : { sell: amount.currency, buy: otherCurrency };

const crossOf = (
  { now, rateDay, indicativeDay }: QuoteInput,
  pair: Pair,
): Cross | CurrencyUnsupported => {
  const today = now.toISOString().slice(0, 10);
  const withdrawn = [pair.sell, pair.buy].find((currency) => !isCurrencyActiveOn(currency, today));
  return withdrawn === undefined
    ? crossRate({ day: rateDay, indicative: indicativeDay }, pair)
    : { code: 'fx.currency_unsupported', currency: withdrawn };
};

/** The central bank's day; where another source was needed, the weakest one, and each leg. */
const referenceOf = ({ rateDay }: QuoteInput, { legs }: Cross): FxQuote['reference'] => {
  const weakest =
    legs.find(({ source }) => source === 'INDICATIVE') ??
    legs.find(({ source }) => source === 'PEG');
  const { source, rateDate, sha256 } = weakest ?? rateDay;
  return weakest === undefined
    ? { source, rateDate, sha256 }
    : { source, rateDate, sha256, legs: legs.map(presentLeg) };
};

const presentLeg = ({ currency, source, perEuro, rateDate, sha256, peg }: Leg) => ({
  ...{ currency, source, perEuro: rationalToJson(perEuro), rateDate, sha256 },
  ...(peg === undefined ? {} : { anchor: peg.anchor }),
});

const lessBasisPoints = (rate: Rational, basisPoints: number): Rational =>
  multiplyRational(rate, rational(10_000n - BigInt(basisPoints), 10_000n));

const bothSides = (
  { fixedSide, amount, otherCurrency, sellStep }: QuoteInput,
  client: Rational,
): { sell: Money; buy: Money } =>
  fixedSide === 'buy'
    ? {
        sell: exchange(amount, {
          to: otherCurrency,
          rate: divideRational(one, client),
          rounding: 'ceil',
          step: sellStep,
        }),
        buy: amount,
      }
    : {
        sell: amount,
        buy: exchange(amount, { to: otherCurrency, rate: client, rounding: 'floor' }),
      };

const splitAtMid = ({
  received,
  amount,
  mid,
}: {
  received: Money;
  amount: Money;
  mid: Rational;
}): { midSell: Money; spread: Money } => {
  const midSell = exchange(amount, {
    to: received.currency,
    rate: divideRational(one, mid),
    rounding: 'ceil',
  });
  return { midSell, spread: subtract(received, midSell) };
};

const rangeProblem = ({ currency, amountMinor }: Money): QuoteRejection | undefined => {
  if (amountMinor < 1n) {
    return { code: 'fx.amount_too_small', currency };
  }
  return amountMinor > largestAmountMinor ? { code: 'fx.amount_too_large', currency } : undefined;
};

const assertTerms = (input: QuoteInput): void => {
  const { marginBasisPoints, lockPremiumBasisPoints, lockSeconds } = input;
  const whole = [marginBasisPoints, lockPremiumBasisPoints, lockSeconds].every(Number.isInteger);
  const inRange =
    marginBasisPoints >= 0 &&
    lockPremiumBasisPoints >= 0 &&
    marginBasisPoints + lockPremiumBasisPoints < 10_000 &&
    lockSeconds >= 0;
  if (!whole || !inRange) {
    throw new InvalidQuoteTermsError({ marginBasisPoints, lockPremiumBasisPoints, lockSeconds });
  }
};
