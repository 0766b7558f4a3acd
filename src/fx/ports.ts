import type { OfferedQuote } from '../../events/fx/offered-quote.v1.ts';
import type { RateDay } from './rate-day.ts';

/**
 * The published rates of one source, kept for good under their own date. What is stored is never
 * overwritten: a correction is stored beside it as the next version of its day.
 */
export type RatesStore = {
  /** The stored day with the latest `rateDate`, in its latest version. */
  readonly latest: () => Promise<RateDay | undefined>;
  /** A day as it was published first. */
  readonly get: (rateDate: string) => Promise<RateDay | undefined>;
  /**
   * Stores a day and the text of the file it stands in. False, and nothing written, if that version
   * of that day is stored already.
   */
  readonly putIfAbsent: (day: RateDay, file?: string) => Promise<boolean>;
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

/** A stored quote, and the trade that has used it up. */
export type StoredQuote = {
  readonly quote: OfferedQuote;
  readonly usedByTradeId: string | null;
};

/** Quotes given before checkout. Each is written once and used by at most one trade. */
export type QuoteStore = {
  readonly get: (quoteId: string) => Promise<StoredQuote | undefined>;
  /** False, and nothing written, if a quote of that id is stored already. */
  readonly putIfAbsent: (quote: OfferedQuote) => Promise<boolean>;
  /**
   * Uses a quote for a trade, if no other trade has. Answers the trade that has it now: this one,
   * also when it asks again, or the one that came first.
   */
  readonly claim: (quoteId: string, tradeId: string) => Promise<string>;
};
