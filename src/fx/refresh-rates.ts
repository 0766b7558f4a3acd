import type { DayProblem } from './judge-day.ts';
import type { RatesPublisher, RatesStore } from './ports.ts';
import type { RateDay } from './rate-day.ts';

export type RefreshRatesPorts = {
  readonly store: Pick<RatesStore, 'latest' | 'putIfAbsent'>;
  readonly publisher: RatesPublisher;
  /** The gate that a new day, or a correction, has to pass. */
  readonly judge: (published: RateDay, previous: RateDay | undefined) => DayProblem | undefined;
  /** The SHA-256 of a text, in hexadecimal. */
  readonly hash: (text: string) => string;
  readonly now: () => Date;
};

/** What went wrong at the publisher, by the code of the error it threw or of the gate. */
export type RatesProblem = { readonly code: string; readonly message: string };

/**
 * What a refresh did. `rateDate` is the latest day that is stored now, if any.
 *
 * - `stored`: a newer day was published and is now stored.
 * - `corrected`: the publisher changed the figures of the latest day; the new version is stored
 *   beside the old, which past quotes keep.
 * - `unchanged`: the published day is stored already, or older than the latest.
 * - `fetch_failed`, `file_refused`: nothing new could be had, for the reason in `problem`.
 */
export type RefreshOutcome = { readonly rateDate: string | undefined } & (
  | { readonly kind: 'stored' | 'unchanged' | 'corrected' }
  | { readonly kind: 'fetch_failed' | 'file_refused'; readonly problem: RatesProblem }
);

/**
 * Stores the published day and its file, if it is newer and believable. What is stored is never
 * changed or removed, so a publisher that is down or wrong costs freshness and nothing else.
 *
 * Failures of the store are thrown.
 */
export const refreshRates = async (ports: RefreshRatesPorts): Promise<RefreshOutcome> => {
  const latest = await ports.store.latest();
  const known = { rateDate: latest?.rateDate };

  const text = await ports.publisher.fetchDaily().catch(toProblem);
  if (typeof text !== 'string') {
    return { ...known, kind: 'fetch_failed', problem: text };
  }
  const published = parsePublished(ports, text);
  if ('code' in published) {
    return { ...known, kind: 'file_refused', problem: published };
  }
  const next = nextVersion(published, latest);
  if (next === undefined) {
    return { ...known, kind: 'unchanged' };
  }
  const problem = ports.judge(next, latest);
  if (problem !== undefined) {
    return { ...known, kind: 'file_refused', problem };
  }
  const isNew = await ports.store.putIfAbsent(next, text);
  const kind = next.version === undefined ? 'stored' : 'corrected';
  return { rateDate: next.rateDate, kind: isNew ? kind : 'unchanged' };
};

const parsePublished = (
  { publisher, hash, now }: RefreshRatesPorts,
  text: string,
): RateDay | RatesProblem => {
  try {
    return publisher.parse(text, { sha256: hash(text), fetchedAt: now().toISOString() });
  } catch (error) {
    return toProblem(error);
  }
};

const toProblem = (error: unknown): RatesProblem => {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('rates.')) {
    return { code: String(error.code), message: error.message };
  }
  throw error;
};

/** The published day as it is to be stored; undefined where it says nothing new. */
const nextVersion = (published: RateDay, latest: RateDay | undefined): RateDay | undefined => {
  if (latest === undefined || published.rateDate > latest.rateDate) return published;
  if (published.rateDate < latest.rateDate || ratesAsText(latest) === ratesAsText(published)) {
    return undefined;
  }
  return { ...published, version: (latest.version ?? 1) + 1 };
};

const ratesAsText = ({ rates }: RateDay): string =>
  JSON.stringify(Object.entries(rates).toSorted());
