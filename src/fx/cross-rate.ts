import type { CurrencyCode } from '../money/currency.ts';
import {
  divideRational,
  multiplyRational,
  one,
  parseDecimal,
  type Rational,
} from '../money/rational.ts';
import { pegs } from './pegs.ts';
import type { RateDay } from './rate-day.ts';

/** No rate exists for this currency on this day, or it is no longer legal to use. */
export type CurrencyUnsupported = {
  readonly code: 'fx.currency_unsupported';
  readonly currency: CurrencyCode;
};

/** The rates that are known: the central bank's day and, for what it lacks, an indicative one. */
export type RateBook = { readonly day: RateDay; readonly indicative?: RateDay | undefined };

/**
 * Where a rate comes from: published by the central bank, pegged to a currency that is, or taken
 * from a second source that no authority stands behind.
 */
export type RateSource = 'ECB' | 'PEG' | 'INDICATIVE';

/** One currency against the euro. */
export type Leg = {
  readonly currency: CurrencyCode;
  readonly source: RateSource;
  readonly perEuro: Rational;
  /** The file that the figure, or its anchor's, stands in. */
  readonly rateDate: string;
  readonly sha256: string;
  /** What it is pegged to, and at how many units of it for one of the anchor. */
  readonly peg?: { readonly anchor: CurrencyCode; readonly perAnchor: Rational };
};

export type Cross = {
  /** Major units bought for one major unit sold, exactly. */
  readonly mid: Rational;
  /** The currencies it was crossed from, the euro aside. */
  readonly legs: readonly Leg[];
};

/**
 * The mid rate of a pair: major units of `buy` for one major unit of `sell`, crossed through the
 * euro as one exact number. Never round it, nor its inverse, before the end of a calculation. A
 * currency against itself is 1 and needs no rate.
 *
 * @example crossRate({ day }, { sell: 'EUR', buy: 'USD' }) // mid: 1.1394 exactly
 */
export const crossRate = (
  book: RateBook,
  { sell, buy }: { sell: CurrencyCode; buy: CurrencyCode },
): Cross | CurrencyUnsupported => {
  if (sell === buy) return { mid: one, legs: [] };
  const sold = legOf(book, sell);
  if (sold === undefined) return { code: 'fx.currency_unsupported', currency: sell };
  const bought = legOf(book, buy);
  if (bought === undefined) return { code: 'fx.currency_unsupported', currency: buy };
  return {
    mid: divideRational(bought.perEuro, sold.perEuro),
    legs: [sold, bought].filter(({ currency }) => currency !== 'EUR'),
  };
};

/**
 * A currency's rate from the best source that has one: the central bank, else a peg to a currency of
 * the central bank, else the indicative source.
 */
const legOf = ({ day, indicative }: RateBook, currency: CurrencyCode): Leg | undefined => {
  const published = publishedLeg(day, currency);
  if (published !== undefined) return published;
  const peg = pegs[currency];
  const anchor = peg === undefined ? undefined : publishedLeg(day, peg.anchor);
  if (peg !== undefined && anchor !== undefined) {
    const perAnchor = parseDecimal(peg.perAnchor);
    return {
      ...anchor,
      currency,
      source: 'PEG',
      perEuro: multiplyRational(anchor.perEuro, perAnchor),
      peg: { anchor: peg.anchor, perAnchor },
    };
  }
  return indicative === undefined ? undefined : publishedLeg(indicative, currency);
};

const publishedLeg = (
  { source, rateDate, sha256, rates }: RateDay,
  currency: CurrencyCode,
): Leg | undefined => {
  const decimal = currency === 'EUR' ? '1' : rates[currency];
  return decimal === undefined
    ? undefined
    : { currency, source, perEuro: parseDecimal(decimal), rateDate, sha256 };
};
