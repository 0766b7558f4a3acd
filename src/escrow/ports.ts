import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { Conversion } from './commands.ts';
import type { Payment } from './state.ts';

/** A payment intent as the provider holds it now. `payment` stands once the money has arrived. */
export type ProviderPayment = {
  readonly paymentIntentId: string;
  readonly tradeId: string | null;
  readonly status: 'open' | 'processing' | 'succeeded' | 'canceled';
  readonly clientSecret: string | null;
  readonly payment: Payment | null;
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
  create(request: { readonly tradeId: string; readonly amount: Money }): Promise<ProviderPayment>;
  get(paymentIntentId: string): Promise<ProviderPayment>;
  /** Cancels where the provider still can, and answers the payment as it is afterwards. */
  cancel(paymentIntentId: string): Promise<ProviderPayment>;
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
