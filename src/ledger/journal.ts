import type { JournalEntry, JournalLeg } from '../../events/ledger/journal-entry.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { CodedError } from '../platform/errors.ts';
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
  if (legs.length < 2) throw defect('ledger.malformed_entry', `${kind} has fewer than two legs.`);
  const sums = new Map<CurrencyCode, bigint>();
  for (const leg of legs) {
    assertLeg(kind, leg);
    sums.set(leg.currency, (sums.get(leg.currency) ?? 0n) + leg.amountMinor);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) {
      throw defect('ledger.unbalanced', `${kind} is off by ${sum} ${currency} minor units.`);
    }
  }
}

/** Words are found only where they are needed: this check runs on every leg that is ever read. */
const defect = (code: string, message: string): CodedError =>
  new CodedError({ code, message, retryable: false });

function assertLeg(kind: string, { account, amountMinor, scope }: JournalLeg): void {
  const malformed = (what: string): CodedError =>
    defect('ledger.malformed_entry', `${kind} ${what}`);
  if (!isAccountCode(account)) throw malformed(`names account ${account}, which the chart lacks.`);
  if (amountMinor === 0n) throw malformed('has a leg of zero.');
  if ((CHART[account].scope === null) !== (scope === undefined)) {
    throw malformed(`must name a scope on ${account} exactly where the chart keeps one.`);
  }
}
