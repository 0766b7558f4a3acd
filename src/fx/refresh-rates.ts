import type { RatesPublisher, RatesStore } from './ports.ts';
import type { RateDay } from './rate-day.ts';

export type RefreshRatesPorts = {
  readonly store: Pick<RatesStore, 'latest' | 'putIfAbsent'>;
  readonly publisher: RatesPublisher;
  /** The text of the day that comes with the product, for the first start without a network. */
  readonly seed: string;
  /** The SHA-256 of a text, in hexadecimal. */
  readonly hash: (text: string) => string;
  readonly now: () => Date;
};

/** What went wrong at the publisher, by the code of the error it threw. */
export type RatesProblem = { readonly code: string; readonly message: string };

/**
 * What a refresh did. `rateDate` is the latest day that can now be quoted on; `seeded` says that the
 * store was empty and the bundled day went in first.
 *
 * - `stored`: a newer day was published and is now stored.
 * - `unchanged`: the published day is stored already, or older than the latest.
 * - `correction_ignored`: the publisher changed the figures of the stored day; quotes used the old.
 * - `fetch_failed`, `file_refused`: nothing new could be had, for the reason in `problem`.
 */
export type RefreshOutcome = { readonly rateDate: string; readonly seeded: boolean } & (
  | { readonly kind: 'stored' | 'unchanged' | 'correction_ignored' }
  | { readonly kind: 'fetch_failed' | 'file_refused'; readonly problem: RatesProblem }
);

/**
 * Seeds an empty store, then stores the published day if it is newer. What is stored is never
 * changed or removed, so a publisher that is down or wrong costs freshness and nothing else.
 *
 * Failures of the store, and a seed that doesn't parse, are thrown.
 */
export const refreshRates = async (ports: RefreshRatesPorts): Promise<RefreshOutcome> => {
  const stored = await ports.store.latest();
  const latest = stored ?? (await storeSeed(ports));
  const known = { rateDate: latest.rateDate, seeded: stored === undefined };

  const text = await ports.publisher.fetchDaily().catch(toProblem);
  if (typeof text !== 'string') {
    return { ...known, kind: 'fetch_failed', problem: text };
  }
  const published = parsePublished(ports, text);
  if ('code' in published) {
    return { ...known, kind: 'file_refused', problem: published };
  }
  if (published.rateDate <= latest.rateDate) {
    return { ...known, kind: isCorrection(latest, published) ? 'correction_ignored' : 'unchanged' };
  }
  const isNew = await ports.store.putIfAbsent(published);
  return { ...known, kind: isNew ? 'stored' : 'unchanged', rateDate: published.rateDate };
};

const storeSeed = async (ports: RefreshRatesPorts): Promise<RateDay> => {
  const seed = parseText(ports, ports.seed);
  await ports.store.putIfAbsent(seed);
  return seed;
};

const parsePublished = (ports: RefreshRatesPorts, text: string): RateDay | RatesProblem => {
  try {
    const day = parseText(ports, text);
    // A day ahead of the clock would outrank every true day until then.
    return day.rateDate > day.fetchedAt.slice(0, 10)
      ? { code: 'fx.rate_date_in_future', message: `The file is dated ${day.rateDate}.` }
      : day;
  } catch (error) {
    return toProblem(error);
  }
};

const parseText = ({ publisher, hash, now }: RefreshRatesPorts, text: string): RateDay =>
  publisher.parse(text, { sha256: hash(text), fetchedAt: now().toISOString() });

const toProblem = (error: unknown): RatesProblem => {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('rates.')) {
    return { code: String(error.code), message: error.message };
  }
  throw error;
};

const isCorrection = (stored: RateDay, published: RateDay): boolean =>
  stored.rateDate === published.rateDate && ratesAsText(stored) !== ratesAsText(published);

const ratesAsText = ({ rates }: RateDay): string =>
  JSON.stringify(Object.entries(rates).toSorted());
