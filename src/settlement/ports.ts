import type { CurrencyCode } from '../money/currency.ts';
import { type Money, subtract, sum } from '../money/money.ts';

/** One attempt at one payout. `marketplaceId` is whose payout it is. */
export type AttemptId = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly marketplaceId: string;
  readonly attempt: number;
  readonly currency: CurrencyCode;
  /** When it was requested, where the rail goes by days. */
  readonly requestedAt?: string;
};

/** So much of a transfer was taken back because we asked for it, in the transfer's currency. */
export type ProviderReversal = {
  /** Ours, as it was recorded with the intent. */
  readonly reversalId: string;
  readonly providerReversalId: string;
  readonly amount: Money;
};

/** An attempt as its rail holds it: a transfer at Stripe, or an instruction for the bank. */
export type ProviderTransfer = {
  /** The rail's own id of it: `tr_…`, or the end-to-end id of an instruction. */
  readonly transferId: string;
  /** Null for what another system has made. */
  readonly payoutId: string | null;
  readonly attempt: number;
  readonly amount: Money;
  /** What others have taken back of it, in its own currency. */
  readonly reversed: Money;
  /** Each of those, where the rail tells them apart. */
  readonly reversals?: readonly Omit<ProviderReversal, 'reversalId'>[];
  /** What we have taken back of it ourselves, for debts. */
  readonly recoveries: readonly ProviderReversal[];
  readonly batchId?: string;
  readonly accountReference?: string;
};

export type TransferRequest = AttemptId & {
  readonly destination: string;
  readonly amount: Money;
  readonly sourceChargeId?: string;
};

/** What is looked at before anything is sent: with `paidByReceipts`, whether the rail has that money at all. */
export type CheckRequest = Pick<TransferRequest, 'destination' | 'marketplaceId' | 'amount'> & {
  readonly paidByReceipts?: true;
};

/** Whether an account can be paid now; the code says what is in the way. */
export type Readiness =
  | { readonly kind: 'ready'; readonly accountReference?: string }
  | { readonly kind: 'blocked'; readonly code: string };

/**
 * A rail that pays sellers. Every call may time out after it took effect: `find` is asked before
 * `create`, always, because a provider forgets idempotency keys after a day.
 */
export type PayoutRail = {
  /** An amount is paid in multiples of so many minor units: what is below waits. */
  stepMinor(currency: CurrencyCode): bigint;
  /** Asked before anything is sent there. */
  check(request: CheckRequest): Promise<Readiness>;
  find(attempt: AttemptId): Promise<ProviderTransfer | undefined>;
  /**
   * Made twice it is one, whatever happened to the first answer.
   *
   * @throws CodedError; retryable where the outcome is unknown or may change. One that is not
   * retryable says for certain that this attempt does not exist and never will.
   */
  create(request: TransferRequest): Promise<ProviderTransfer>;
  /**
   * True where the rail can't pay this attempt any more, or gave all of it back. Asked before another
   * attempt is made, and never answered by guess: it throws where it can't be known.
   */
  isOver(attempt: AttemptId): Promise<boolean>;
};

export type ReversalRequest = {
  readonly reversalId: string;
  readonly debtId: string;
  readonly transferId: string;
  readonly amount: Money;
};

/** What can still be taken back of a transfer. */
export const leftToReverse = ({ amount, reversed, recoveries }: ProviderTransfer): Money =>
  subtract(
    subtract(amount, reversed),
    sum(
      amount.currency,
      recoveries.map((recovery) => recovery.amount),
    ),
  );

/** The rail whose transfers have ids that the provider reports by webhook. */
export type TransferRail = PayoutRail & {
  get(transferId: string): Promise<ProviderTransfer>;
  /** Every transfer in the group of a trade, whoever made it. */
  ofTrade(tradeId: string): Promise<readonly ProviderTransfer[]>;
  /**
   * Takes so much of a transfer back. `get` is asked first, always: it knows what was taken back and
   * what is left.
   *
   * @throws CodedError; retryable where the outcome is unknown or may change. One that is not
   * retryable (the account does not have the money, less is left) says that this try took nothing.
   */
  reverse(request: ReversalRequest): Promise<ProviderReversal>;
  /** Why the seller's bank refused a payout of the provider's; undefined where it did not. */
  bankRefusal(accountId: string, providerPayoutId: string): Promise<string | undefined>;
};

/** Every rail, by the name that a payout has for it. */
export type PayoutRails = {
  readonly stripe_transfer: TransferRail;
  readonly bank_file: PayoutRail;
};

/** The funds of a trade are blocked, by this case. */
export type TradeBlock = { readonly caseId: string };

/** Whether a trade's funds are blocked, from its own stream: asked before anything is sent of it. */
export type BlockDesk = (tradeId: string) => Promise<TradeBlock | undefined>;

/** The country in which the seller of a trade is, as the trade was agreed; undefined where there is no such trade. */
export type SellerCountry = (tradeId: string) => Promise<string | undefined>;
