import type { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import type { EscrowStatus } from '../escrow/state.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { BreakType } from '../reconciliation/outcome.ts';
import type { RecId } from '../reconciliation/recs.ts';
import type { FinanceViews } from './finance-views.ts';

/** A trade as a list shows it. `version` is the length of its stream when the summary was made. */
export type TradeSummary = {
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly status: EscrowStatus;
  readonly version: number;
  readonly reference?: string | undefined;
  readonly amount: Money;
  readonly payIn: Money;
  readonly openedAt: string;
  readonly updatedAt: string;
};

/** One leg of a journal entry as the ledger lists it, by account and day. */
export type Posting = {
  readonly postingId: string;
  readonly account: string;
  readonly currency: CurrencyCode;
  readonly bookedAt: string;
  /** When it happened, where that was on an earlier day than it was booked. */
  readonly occurredAt?: string | undefined;
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly scope?: string | undefined;
  readonly tradeId: string;
};

/** The order of an account's postings of a day, and where the next page of them begins. */
export const postingKey = ({ bookedAt, postingId }: Pick<Posting, 'bookedAt' | 'postingId'>) =>
  `${bookedAt}#${postingId}`;

/** Whether a text is such a key. */
export const isPostingKey = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T[\d:.]+Z#[\x21-\x7e]{1,900}$/.test(text);

/** The turnover of one account in one currency in one minute. */
export type TurnoverSlice = {
  readonly account: string;
  readonly currency: CurrencyCode;
  /** `YYYY-MM-DDTHH:MM`, UTC. */
  readonly minute: string;
  readonly postings: number;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

export type PostingsQuery = Pick<Posting, 'account' | 'currency'> & {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly after?: string | undefined;
  readonly limit?: number;
};

export type SliceKey = Pick<TurnoverSlice, 'account' | 'currency' | 'minute'>;

/** A break as a list shows it. `version` is the length of its stream when the summary was made. */
export type BreakSummary = {
  readonly breakId: string;
  readonly rec: RecId;
  readonly kind: BreakType;
  readonly status: BreakStatus;
  readonly version: number;
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** What others say, less what our books expect. */
  readonly difference: Money;
  readonly since: string;
  readonly raisedAt: string;
  readonly updatedAt: string;
  readonly assignee?: string | undefined;
  readonly explanation?: string | undefined;
  readonly proposedBy?: string | undefined;
  readonly resolution?: string | undefined;
};

/** The order of a list of breaks, and where the next page of it begins: the oldest first. */
export const breakKey = ({ since, breakId }: Pick<BreakSummary, 'since' | 'breakId'>): string =>
  `${since}#${breakId}`;

export type BreakStatus = 'open' | 'write_off_proposed' | 'resolved';

/** A deadline that some aggregate has set, until its message is sent. */
export type Deadline = Omit<DeadlinePassed, 'kind' | 'version' | 'messageId'>;

/**
 * The read models. Every write is safe to repeat and in any order; all of them can be thrown away
 * and made again from the events.
 */
export type ViewStore = FinanceViews & {
  /** Keeps the summary unless one of a later version is there. */
  putTrade(summary: TradeSummary): Promise<void>;
  listTrades(query: {
    readonly marketplaceId: string;
    readonly status: EscrowStatus;
    readonly limit: number;
  }): Promise<readonly TradeSummary[]>;
  putPostings(postings: readonly Posting[]): Promise<void>;
  /** In the order of their keys: all, or as many as `limit`, from behind the key `after` on. */
  listPostings(query: PostingsQuery): Promise<readonly Posting[]>;
  /** Postings that happened in a month (`YYYY-MM`), each on a day before the one it was booked on. */
  listLatePostings(month: string): Promise<readonly Posting[]>;
  /** Sums the postings of a slice, reading what was last written. */
  sumSlice(key: SliceKey): Promise<TurnoverSlice>;
  /** Keeps the slice unless one of more postings is there. */
  putSlice(slice: TurnoverSlice): Promise<void>;
  /** Of a day, or of one account and currency on it. */
  listSlices(
    day: string,
    of?: Pick<TurnoverSlice, 'account' | 'currency'>,
  ): Promise<readonly TurnoverSlice[]>;
  /** The days (`YYYY-MM-DD`) up to and with one that have slices, in order. */
  listLedgerDays(until: string): Promise<readonly string[]>;
  putTracker(provider: string, trackerId: string, shipmentId: string): Promise<void>;
  findTracker(provider: string, trackerId: string): Promise<string | undefined>;
  putBatch(batch: { readonly marketplaceId: string; readonly batchId: string }): Promise<void>;
  /** The ids of a marketplace's batches for the bank, the latest day first. */
  listBatches(query: {
    readonly marketplaceId: string;
    /** Only those whose day is in a month (`YYYY-MM`). */
    readonly month?: string;
    readonly limit: number;
  }): Promise<readonly string[]>;
  /** Which payout a payment is of that the bank knows by this end-to-end id. */
  putPayment(endToEndId: string, payoutId: string): Promise<void>;
  findPayment(endToEndId: string): Promise<string | undefined>;
  /** Keeps the break unless one of a later version is there. */
  putBreak(summary: BreakSummary): Promise<void>;
  findBreak(breakId: string): Promise<BreakSummary | undefined>;
  /** The oldest first; `after` is the key of the last one that was read. */
  listBreaks(query: {
    readonly status: BreakStatus;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly BreakSummary[]>;
  putDeadlines(deadlines: readonly Deadline[]): Promise<void>;
  dueDeadlines(query: {
    readonly at: string;
    readonly limit: number;
  }): Promise<readonly Deadline[]>;
  removeDeadlines(deadlines: readonly Deadline[]): Promise<void>;
};

/** The part of the read models that tells of the ledger. */
export type LedgerViews = Pick<
  ViewStore,
  | 'putPostings'
  | 'listPostings'
  | 'listLatePostings'
  | 'sumSlice'
  | 'putSlice'
  | 'listSlices'
  | 'listLedgerDays'
>;
