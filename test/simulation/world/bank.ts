import type { Money } from '../../../src/money/money.ts';
import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import type { StatementHead } from '../../../src/reconciliation/stored-statement.ts';
import type { StripeTransaction } from './stripe.ts';

/** What the bank or the provider gets wrong, or does that nobody awaits. */
export type Trouble = 'late' | 'too_much' | 'twice' | 'unknown' | 'omitted' | 'higher_fee';

/** One movement on the segregated account, as its bank books it. Above zero, money came in. */
export type BankLine = {
  readonly kind: 'payment' | 'return' | 'provider_payout' | 'receipt' | 'by_finance';
  readonly amount: Money;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly reference: string;
  readonly endToEndId: string | null;
  readonly text: string | null;
  readonly returnReason: string | null;
  readonly trouble: Trouble | null;
};

/** A transaction as the provider's report has it, which need not be what happened. */
export type ProviderRow = StripeTransaction & {
  readonly day: string;
  readonly trouble: Trouble | null;
};

/** The bank, the provider's reports and what we make of both, in worlds that have them. */
export type ReconciliationView = {
  readonly bank: readonly BankLine[];
  readonly rows: readonly ProviderRow[];
  /** Transactions that the provider's reports leave out. */
  readonly omitted: readonly StripeTransaction[];
  /** Every item of every lane. */
  readonly items: () => readonly StoredItem[];
  readonly statements: ReadonlyMap<string, StatementHead>;
  /** How many times files were handed in, and how many different ones. */
  readonly uploads: { readonly times: number; readonly files: number };
};
