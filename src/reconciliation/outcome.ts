import type { CurrencyCode } from '../money/currency.ts';
import type { AgeBand } from './business-days.ts';
import type { RecId, Tolerance, ToleranceAccount } from './recs.ts';

/** Which pass found a match. Passes run in this order; the fuzzy one only suggests. */
export type Pass = 'exact' | 'tolerance' | 'structured_reference' | 'batch_group';

/** Items that are one movement. `difference` is posted to its account, right less left. */
export type Match = {
  readonly rec: RecId;
  readonly pass: Pass;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly currency: CurrencyCode;
  readonly leftMinor: bigint;
  readonly rightMinor: bigint;
  readonly difference?: {
    readonly minor: bigint;
    readonly reason: Tolerance['reason'];
    readonly account: ToleranceAccount;
  };
};

/**
 * What a person has to look at.
 * - `missing`: expected, and its window has passed.
 * - `unexpected`: arrived, and nobody expects it.
 * - `over`, `under`: one movement by its key, and more or less than expected.
 * - `currency`: one movement by its key, in another currency.
 * - `duplicate`: several candidates, none better than the others.
 * - `returned`: a payment came back.
 * - `split`: the parts of a batch do not make the whole.
 * - `data`: the item contradicts itself.
 */
export const breakTypes = [
  'missing',
  'unexpected',
  'over',
  'under',
  'currency',
  'duplicate',
  'returned',
  'split',
  'data',
] as const;
export type BreakType = (typeof breakTypes)[number];

/** `since` is the oldest date among its items; `differenceMinor` is right less left. */
export type Break = {
  readonly id: string;
  readonly rec: RecId;
  readonly type: BreakType;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly currency: CurrencyCode;
  readonly differenceMinor: bigint;
  readonly since: string;
  readonly ageBusinessDays: number;
  readonly ageBand: AgeBand;
  readonly detail: string;
};

/** A match that a person may confirm: equal amounts in the window, and names alike by `score`. */
export type Suggestion = {
  readonly left: string;
  readonly right: string;
  /** Hundredths: 100 for the same name. */
  readonly score: number;
};

/**
 * Every item is in exactly one match or break, or among those still awaited within their window.
 * Suggestions are about items that are in breaks or awaited.
 */
export type Reconciliation = {
  readonly matches: readonly Match[];
  readonly breaks: readonly Break[];
  readonly awaited: readonly string[];
  readonly suggestions: readonly Suggestion[];
};
