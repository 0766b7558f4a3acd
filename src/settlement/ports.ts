import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';

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

/** An attempt as its rail holds it: a transfer at Stripe, or an instruction for the bank. */
export type ProviderTransfer = {
  /** The rail's own id of it: `tr_…`, or the end-to-end id of an instruction. */
  readonly transferId: string;
  /** Null for what another system has made. */
  readonly payoutId: string | null;
  readonly attempt: number;
  readonly amount: Money;
  /** What was taken back of it, in its own currency. */
  readonly reversed: Money;
  readonly batchId?: string;
  readonly accountReference?: string;
};

export type TransferRequest = AttemptId & {
  readonly destination: string;
  readonly amount: Money;
  readonly sourceChargeId?: string;
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
  check(
    request: Pick<TransferRequest, 'destination' | 'marketplaceId' | 'amount'>,
  ): Promise<Readiness>;
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

/** The rail whose transfers have ids that the provider reports by webhook. */
export type TransferRail = PayoutRail & {
  get(transferId: string): Promise<ProviderTransfer>;
  /** Why the seller's bank refused a payout of the provider's; undefined where it did not. */
  bankRefusal(accountId: string, providerPayoutId: string): Promise<string | undefined>;
};

/** Every rail, by the name that a payout has for it. */
export type PayoutRails = {
  readonly stripe_transfer: TransferRail;
  readonly bank_file: PayoutRail;
};
