import type { RateDay } from './rate-day.ts';

/** The published rates, kept for good under their own date. A stored day is never overwritten. */
export type RatesStore = {
  /** The stored day with the latest `rateDate`. */
  readonly latest: () => Promise<RateDay | undefined>;
  readonly get: (rateDate: string) => Promise<RateDay | undefined>;
  /** False, and nothing written, if a day of that date is stored already. */
  readonly putIfAbsent: (day: RateDay) => Promise<boolean>;
};

/**
 * A publisher of daily rates. Both functions report trouble by throwing an `Error` with a `code`
 * that starts with `rates.`; anything else they throw is a defect.
 */
export type RatesPublisher = {
  /** The text of the file as published now. */
  readonly fetchDaily: () => Promise<string>;
  readonly parse: (text: string, read: { sha256: string; fetchedAt: string }) => RateDay;
};
