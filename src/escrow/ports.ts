import type { ChargebackBooking } from '../../events/escrow/chargeback-opened.v1.ts';
import type { HeldEvidence } from '../../events/escrow/chargeback-response-requested.v1.ts';
import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { ContestChargeback } from '../../events/marketplace/contest-chargeback.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { Rational } from '../money/rational.ts';
import type { Conversion } from './commands.ts';
import type { Payment } from './state.ts';

/**
 * A payment intent as the provider holds it now. `payment` stands once the money has arrived;
 * `transferred` where bank transfers have brought money that is not charged: a part while it is open,
 * what is too much once it is paid, all of it once it is canceled. It only grows: what was given back
 * of it has come all the same.
 */
export type ProviderPayment = {
  readonly paymentIntentId: string;
  readonly tradeId: string | null;
  readonly status: 'open' | 'processing' | 'succeeded' | 'canceled';
  readonly clientSecret: string | null;
  readonly payment: Payment | null;
  readonly transferred: Money | null;
};

/** A refund as the provider holds it now. */
export type ProviderRefund = {
  readonly providerRefundId: string;
  /** Null for a refund of another system; `refundId` alone is null for one made by hand on our charge. */
  readonly tradeId: string | null;
  readonly refundId: string | null;
  readonly attempt: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly amount: Money;
  /** What was debited for it in the currency that the provider settles in; null while it is pending. */
  readonly debited: Money | null;
  readonly fee: Money | null;
  /** Where it put the money, if that is not with the buyer yet. */
  readonly landsOn?: 'cash_balance';
  /** Where it took the money, if that is not the charge: finance pays out of our bank. */
  readonly takenFrom?: 'cash_balance' | 'bank';
  /** The provider's own code, of a failed one. */
  readonly failureReason: string | null;
};

/** A chargeback as the provider holds it now. Its sums are in the currency that the provider settles in. */
export type ProviderChargeback = {
  readonly chargebackId: string;
  readonly tradeId: string | null;
  readonly chargeId: string;
  readonly status: 'open' | 'won' | 'lost';
  /** True while the bank only asks, and has taken nothing. */
  readonly isInquiry?: boolean;
  /** What the buyer's bank disputes, in the currency charged. */
  readonly amount: Money;
  readonly withdrawn: Money;
  readonly reinstated: Money;
  readonly fee: Money;
  /** Each of its bookings, where the provider tells them apart. */
  readonly bookings?: readonly ChargebackBooking[];
  readonly reason: string;
  readonly evidenceDueBy: string | null;
  /** True where the bank waits for our answer. */
  readonly needsResponse: boolean;
  /** How often evidence was handed in. */
  readonly submissions: number;
  /** Of our answer that was handed in last; null where it was given by hand. */
  readonly responseId: string | null;
};

/** A person's own words to the bank. */
export type ChargebackWords = ContestChargeback;

/** Keeps those words, in which a person may be named, under the answer's id. */
export type EvidenceVault = {
  /** The first words under an id stay if others are put there. */
  put(responseId: string, words: ChargebackWords): Promise<void>;
  /** @throws CodedError as the vault of parties does; not retryable. */
  get(responseId: string): Promise<ChargebackWords>;
};

export type AcceptRequest = {
  readonly tradeId: string;
  readonly chargebackId: string;
  readonly responseId: string;
};

export type ContestRequest = AcceptRequest & {
  readonly evidence: HeldEvidence;
  readonly words?: ChargebackWords;
};

/** A refund is of a charge, or of what was transferred for a payment and never charged. */
export type RefundOf = { readonly chargeId: string } | { readonly unusedOf: string };

export type RefundRequest = RefundOf & {
  readonly tradeId: string;
  readonly refundId: string;
  readonly attempt: number;
  readonly amount: Money;
  /**
   * After how many ended chargebacks of the charge this is asked for. What was refused while one was open
   * may be asked for again after it; a provider would repeat its refusal under the same key. No more than
   * were refused before.
   */
  readonly afterChargebacks?: number;
};

/**
 * The provider that takes the buyer's money. Every call may time out after it took effect, so each
 * is safe to repeat: `findForTrade` is asked before `create`, and `cancel` answers what it found.
 * All throw CodedError `stripe.*`, retryable where the outcome is unknown.
 */
export type PaymentProvider = {
  /** Why this amount can't be charged at all; undefined where it can. Asked before money moves. */
  refusalOf(amount: Money): { readonly code: string; readonly detail: string } | undefined;
  findForTrade(tradeId: string): Promise<ProviderPayment | undefined>;
  /** The payment of the buyer whose bank transfers the provider keeps under that id. */
  findForPayer(payerId: string): Promise<ProviderPayment | undefined>;
  create(request: { readonly tradeId: string; readonly amount: Money }): Promise<ProviderPayment>;
  get(paymentIntentId: string): Promise<ProviderPayment>;
  /**
   * Lowers what an open payment is of, where receipts have paid the rest; transfers that are enough then pay
   * it. Answers the payment as it is afterwards, also where nothing can be changed any more.
   */
  lower(paymentIntentId: string, amount: Money): Promise<ProviderPayment>;
  /** Cancels where the provider still can, and answers the payment as it is afterwards. */
  cancel(paymentIntentId: string): Promise<ProviderPayment>;
  /** Asked before `refund`, always: the provider forgets its keys, and a refund must be made once. */
  findRefund(
    request: RefundOf & Pick<RefundRequest, 'refundId' | 'attempt'>,
  ): Promise<ProviderRefund | undefined>;
  /** @throws CodedError `stripe.charge_disputed` where the buyer's bank has taken the money back. */
  refund(request: RefundRequest): Promise<ProviderRefund>;
  getRefund(providerRefundId: string): Promise<ProviderRefund>;
  /** Every refund of a charge, whoever made it. */
  refundsOf(chargeId: string): Promise<readonly ProviderRefund[]>;
  getChargeback(chargebackId: string): Promise<ProviderChargeback>;
  /**
   * Hands evidence in, for good: a bank reads it once. `getChargeback` is asked before it and before
   * `acceptChargeback`, always. Both answer the chargeback as it is then.
   */
  contestChargeback(request: ContestRequest): Promise<ProviderChargeback>;
  /** Gives the chargeback up: it is lost. */
  acceptChargeback(request: AcceptRequest): Promise<ProviderChargeback>;
};

/** The exact mid rate of a pair, as major units of `buy` for one of `sell`, and its day. */
export type MidRate = { readonly rate: Rational; readonly rateDate: string | null };

/** Where the worth of one currency in another comes from. */
export type RateDesk = {
  /** @throws CodedError `fx.*`, retryable: a rate that is missing now may come. */
  mid(pair: { readonly sell: CurrencyCode; readonly buy: CurrencyCode }): Promise<MidRate>;
};

export type QuoteRequest = {
  readonly tradeId: string;
  readonly amount: Money;
  readonly payInCurrency: CurrencyCode;
  readonly now: Date;
};

/** `payBy` stands where the buyer may not pay later than that, however long the payment window is. */
export type QuoteAnswer =
  | { readonly kind: 'quoted'; readonly quote: FxQuote; readonly payBy?: string }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/** Where quotes come from. A quote is never priced again between checkout and capture. */
export type QuoteDesk = {
  quote(request: QuoteRequest): Promise<QuoteAnswer>;
  /**
   * How received money becomes the trade's amount: under the trade's own quote where the money came
   * within its lock, else under a fresh one of the latest day.
   */
  convert(request: {
    readonly quote: FxQuote;
    readonly payment: Payment;
    readonly amount: Money;
    readonly now: Date;
  }): Promise<Conversion>;
};
