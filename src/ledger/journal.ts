import type { JournalEntry, JournalLeg } from '../../events/ledger/journal-entry.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { assertInvariant } from '../platform/errors.ts';
import { type AccountCode, CHART, isAccountCode } from './chart.ts';

/** A debit of `amount`, which may be zero or negative: `entry` drops zeros and signs sort it out. */
export const debit = (account: AccountCode, amount: Money, scope?: string): JournalLeg => ({
  account,
  currency: amount.currency,
  amountMinor: amount.amountMinor,
  ...(scope === undefined ? {} : { scope }),
});

/** A credit of `amount`. */
export const credit = (account: AccountCode, amount: Money, scope?: string): JournalLeg => {
  const leg = debit(account, amount, scope);
  return { ...leg, amountMinor: -leg.amountMinor };
};

/**
 * A journal entry of the given legs, without zero legs; undefined where nothing is left to post.
 *
 * @throws CodedError `ledger.unbalanced` if the legs do not sum to zero in each currency.
 */
export function entry(
  kind: JournalEntry['kind'],
  ...legs: readonly JournalLeg[]
): JournalEntry | undefined {
  const posted = legs.filter((leg) => leg.amountMinor !== 0n);
  if (posted.length === 0) return undefined;
  const journalEntry: JournalEntry = { kind, legs: posted };
  assertBalanced(journalEntry);
  return journalEntry;
}

/**
 * Checks one entry, on write and on read: known accounts, at least two legs, none of them zero, a
 * sum of zero in each currency, and a scope exactly where the chart asks for one.
 *
 * @throws CodedError `ledger.unbalanced` | `ledger.malformed_entry`, neither retryable.
 */
export function assertBalanced(journalEntry: JournalEntry): void {
  const { kind, legs } = journalEntry;
  assertInvariant(legs.length >= 2, 'ledger.malformed_entry', `${kind} has fewer than two legs.`);
  const sums = new Map<CurrencyCode, bigint>();
  for (const leg of legs) {
    assertLeg(kind, leg);
    sums.set(leg.currency, (sums.get(leg.currency) ?? 0n) + leg.amountMinor);
  }
  for (const [currency, sum] of sums) {
    assertInvariant(
      sum === 0n,
      'ledger.unbalanced',
      `${kind} is off by ${sum} ${currency} minor units.`,
    );
  }
}

function assertLeg(kind: string, leg: JournalLeg): void {
  assertInvariant(
    isAccountCode(leg.account),
    'ledger.malformed_entry',
    `${kind} names account ${leg.account}, which the chart lacks.`,
  );
  assertInvariant(leg.amountMinor !== 0n, 'ledger.malformed_entry', `${kind} has a leg of zero.`);
  assertInvariant(
    (CHART[leg.account].scope === null) === (leg.scope === undefined),
    'ledger.malformed_entry',
    `${kind} must name a scope on ${leg.account} exactly where the chart keeps one.`,
  );
}
