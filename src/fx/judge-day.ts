import { type CurrencyCode, isCurrencyActiveOn } from '../money/currency.ts';
import { compareRational, multiplyRational, parseDecimal, rational } from '../money/rational.ts';
import { daysBetween, targetDaysBetween } from '../platform/target-calendar.ts';
import type { RateDay } from './rate-day.ts';

/** Why a published day is not believed. Nothing of it is stored, and quotes stay on the day before. */
export type DayProblem = {
  readonly code:
    | 'fx.rate_date_in_future'
    | 'fx.rate_date_not_newer'
    | 'fx.currency_disappeared'
    | 'fx.rate_moved_too_far'
    | 'fx.rates_disagree';
  readonly message: string;
};

export type Judgment = {
  /** The latest day that is stored. */
  readonly previous: RateDay | undefined;
  /** A second source, asked where a rate moves further than it should and about the first day. */
  readonly witness?: RateDay | undefined;
  /** Currencies whose publisher has announced that it stopped. */
  readonly discontinued: readonly CurrencyCode[];
  readonly now: Date;
};

/**
 * The standard deviation of a day's move, in hundredths of a percent, as measured on the ECB's rates
 * of 2025 and 2026. `DEFAULT` is for currencies that were not measured.
 */
const DAILY_DEVIATION: Readonly<Partial<Record<CurrencyCode, number>>> = {
  ...{ USD: 45, GBP: 26, JPY: 47, CNY: 41, INR: 48, TRY: 49, ZAR: 60, BRL: 68, ILS: 64, DKK: 1 },
};
const DEFAULT_DEVIATION = 50;
const DEVIATIONS = 6;
const LEAST_BOUND = 500;
const WITNESS_BOUND = 100;
/** The second source publishes every day. One of another week may confirm what was true then. */
const WITNESS_DAYS = 3;
const ALL = 10_000n;

/** The file is as old as what is known, or older. The same day again is no news either. */
export const problemOfDate = (
  { rateDate }: Pick<RateDay, 'rateDate'>,
  knownDate: string,
): DayProblem | undefined =>
  rateDate > knownDate
    ? undefined
    : problem(
        'fx.rate_date_not_newer',
        `The file is dated ${rateDate}, which is not newer than ${knownDate}.`,
      );

/**
 * The sanity gate of a central bank's day, or of its correction: no date ahead of the clock, no
 * currency gone, and no move beyond the bounds unless the witness saw it too. The first day has
 * nothing to have moved from: it is compared with the witness itself, and believed where there is
 * none. Undefined where the day can be believed.
 */
export function problemOfDay(
  published: RateDay,
  { previous, witness: other, discontinued, now }: Judgment,
): DayProblem | undefined {
  const inFuture = problemOfFuture(published, now);
  if (inFuture !== undefined) return inFuture;
  const witness = isOfTimeOf(published, other) ? other : undefined;
  if (previous === undefined) return problemOfFirst(published, witness);
  const gone = currenciesOf(previous).filter(
    (currency) =>
      published.rates[currency] === undefined &&
      isCurrencyActiveOn(currency, published.rateDate) &&
      !discontinued.includes(currency),
  );
  if (gone.length > 0) {
    return problem('fx.currency_disappeared', `The file has no rate any more for ${list(gone)}.`);
  }
  const moved = commonOf(published, previous).filter(
    (currency) =>
      !isWithin(published, previous, currency, boundOf(currency, previous, published)) &&
      !isWithin(published, witness, currency, WITNESS_BOUND),
  );
  return moved.length === 0
    ? undefined
    : problem(
        'fx.rate_moved_too_far',
        `Since ${previous.rateDate} too far to be believed: ${list(moved.map((currency) => `${currency} from ${previous.rates[currency]} to ${published.rates[currency]}`))}.`,
      );
}

const isOfTimeOf = ({ rateDate }: RateDay, witness: RateDay | undefined): boolean =>
  witness !== undefined && Math.abs(daysBetween(witness.rateDate, rateDate)) <= WITNESS_DAYS;

/** Two sources never agree to the digit: they may differ by as much as a day may move. */
function problemOfFirst(published: RateDay, witness: RateDay | undefined): DayProblem | undefined {
  if (witness === undefined) return undefined;
  const apart = commonOf(published, witness).filter(
    (currency) => !isWithin(published, witness, currency, boundOf(currency, witness, published)),
  );
  return apart.length === 0
    ? undefined
    : problem(
        'fx.rates_disagree',
        `The first day, and far from the second source of ${witness.rateDate}: ${list(apart.map((currency) => `${currency} ${published.rates[currency]}, not ${witness.rates[currency]}`))}.`,
      );
}

/**
 * The gate of an indicative day: the rates that the central bank has too must agree with its latest,
 * most of them at least. A single currency may move as it likes: its rate is only shown.
 */
export function problemOfIndicative(
  published: RateDay,
  { reference, now }: { readonly reference: RateDay | undefined; readonly now: Date },
): DayProblem | undefined {
  const inFuture = problemOfFuture(published, now);
  if (inFuture !== undefined || reference === undefined) return inFuture;
  const common = commonOf(published, reference);
  const apart = common.filter(
    (currency) =>
      !isWithin(published, reference, currency, boundOf(currency, reference, published)),
  );
  return apart.length * 2 < common.length
    ? undefined
    : problem(
        'fx.rates_disagree',
        `${apart.length} of ${common.length} rates are far from those of ${reference.rateDate}.`,
      );
}

/** A day ahead of the clock would outrank every true day until then. */
function problemOfFuture({ rateDate }: RateDay, now: Date): DayProblem | undefined {
  return rateDate > now.toISOString().slice(0, 'YYYY-MM-DD'.length)
    ? problem('fx.rate_date_in_future', `The file is dated ${rateDate}.`)
    : undefined;
}

/** Six deviations of as many days as lie between, five percent at least: a walk grows by its root. */
function boundOf(currency: CurrencyCode, from: RateDay, to: RateDay): number {
  const [first, last] = [from.rateDate, to.rateDate].toSorted();
  const days = Math.max(1, targetDaysBetween(first ?? '', last ?? ''));
  const deviation = DAILY_DEVIATION[currency] ?? DEFAULT_DEVIATION;
  return Math.max(LEAST_BOUND, Math.ceil(DEVIATIONS * deviation * Math.sqrt(days)));
}

/** True where the other source has a figure too, and this one is within so many basis points of it. */
function isWithin(
  day: RateDay,
  other: RateDay | undefined,
  currency: CurrencyCode,
  basisPoints: number,
): boolean {
  const [figure, reference] = [day.rates[currency], other?.rates[currency]];
  if (figure === undefined || reference === undefined) return false;
  const [left, right] = [parseDecimal(figure), parseDecimal(reference)];
  const bound = BigInt(basisPoints);
  const highest = multiplyRational(right, rational(ALL + bound, ALL));
  const lowest = multiplyRational(right, rational(ALL > bound ? ALL - bound : 0n, ALL));
  return compareRational(left, highest) <= 0 && compareRational(left, lowest) >= 0;
}

const commonOf = (day: RateDay, other: RateDay): CurrencyCode[] =>
  currenciesOf(other).filter((currency) => day.rates[currency] !== undefined);

const currenciesOf = ({ rates }: RateDay): CurrencyCode[] => Object.keys(rates) as CurrencyCode[];

const list = (items: readonly string[]): string => items.join(', ');

const problem = (code: DayProblem['code'], message: string): DayProblem => ({ code, message });
