import type { Money } from '../../../src/money/money.ts';

/** How a buyer pays, as the provider names it. */
export type StripeWay = 'card' | 'sepa_debit' | 'customer_balance';

export type StripeIntent = {
  readonly id: string;
  readonly tradeId: string | null;
  readonly status:
    | 'requires_payment_method'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  readonly amount: Money;
  readonly customerId: string | null;
  /** What bank transfers have paid of it, in minor units. */
  readonly appliedMinor: bigint;
  readonly paidBy: StripeWay;
  /** When a debit of it started that is to bring the money later; null for any other way. */
  readonly debitedAtMs: number | null;
  readonly createdAtMs: number;
  readonly charge: StripeCharge | null;
};

export type StripeCharge = {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly tradeId: string | null;
  readonly amount: Money;
  /** What was credited for it, in the currency that Stripe settles in, before its fee. */
  readonly settled: Money;
  readonly fee: Money;
  /** As the provider dates it: a debit's is made as the debit starts, days before there is money. */
  readonly createdAtMs: number;
  /** When the money was taken. */
  readonly capturedAtMs: number;
  /** From when on the API shows the balance transaction. */
  readonly bookedAtMs: number;
};

export type StripeTransfer = {
  readonly id: string;
  readonly payoutId: string | null;
  /** Which attempt at the payout it says it is. */
  readonly attempt: number;
  readonly tradeId: string | null;
  readonly destination: string;
  readonly amount: Money;
  readonly sourceChargeId: string | null;
  readonly createdAtMs: number;
};

export type StripeReversal = {
  readonly id: string;
  readonly transferId: string;
  readonly tradeId: string | null;
  /** The product's own id, of a reversal that the product made. */
  readonly reversalId: string | null;
  readonly amount: Money;
  readonly createdAtMs: number;
};

/** What moved on a customer's cash balance; positive comes in. */
export type StripeCash = {
  readonly customerId: string;
  readonly type:
    | 'funded'
    | 'applied_to_payment'
    | 'unapplied_from_payment'
    | 'refunded_from_payment'
    | 'return_initiated';
  readonly amount: Money;
  readonly atMs: number;
};

export type StripeRefund = {
  readonly id: string;
  /** Null where it was given back out of a customer's cash balance. */
  readonly chargeId: string | null;
  readonly customerId: string | null;
  readonly tradeId: string | null;
  /** The product's own id, of a refund that the product made. */
  readonly refundId: string | null;
  readonly attempt: number;
  readonly amount: Money;
  /** What was debited for it, in the currency that Stripe settles in. */
  readonly debited: Money;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly createdAtMs: number;
};

/** What a bank disputes of a charge, and what the provider booked for it, in what it settles in. */
export type StripeDispute = {
  readonly id: string;
  readonly chargeId: string;
  readonly tradeId: string | null;
  /** In the currency charged, or in what it settled in. */
  readonly amount: Money;
  readonly status:
    | 'warning_needs_response'
    | 'warning_under_review'
    | 'warning_closed'
    | 'needs_response'
    | 'under_review'
    | 'prevented'
    | 'won'
    | 'lost';
  /** True where the bank only asked at first. */
  readonly wasInquiry: boolean;
  /** Each end that it has had, and how often it was taken anew after one. */
  readonly ends: readonly ('won' | 'lost')[];
  readonly anew: number;
  /** Money that was withdrawn is negative, what was given back positive; a fee is charged beside it. */
  readonly bookings: readonly {
    readonly transactionId: string;
    readonly amountMinor: bigint;
    readonly feeMinor: bigint;
  }[];
  readonly dueBySeconds: number;
  /** How often evidence was handed in, and what the product named itself by. */
  readonly submissions: number;
  readonly metadata: Readonly<Record<string, string>>;
};

/** What moved on the platform's balance, as the provider lists it. */
export type StripeTransaction = {
  readonly id: string;
  readonly category: 'charge' | 'refund' | 'dispute' | 'transfer' | 'transfer_reversal' | 'payout';
  readonly sourceId: string;
  /** What the balance moves by, with its sign, and what of that is a fee. */
  readonly net: Money;
  readonly feeMinor: bigint;
  readonly atMs: number;
  /** The payout that has taken it to the bank; null while none has. */
  readonly payoutId: string | null;
};

/** An event of the provider's, and whether an endpoint of ours has taken it. */
export type StripeLoggedEvent = {
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  readonly createdAtMs: number;
  readonly isDelivered: boolean;
};

/** An answer under an idempotency key, repeated or not, and whether it says that the charge is disputed. */
export type KeyAnswer = { readonly key: string; readonly isRefused: boolean };

export type StripeView = {
  readonly intents: ReadonlyMap<string, StripeIntent>;
  readonly charges: readonly StripeCharge[];
  readonly transfers: readonly StripeTransfer[];
  readonly refunds: readonly StripeRefund[];
  readonly disputes: readonly StripeDispute[];
  /** Every event that it told, or meant to tell. */
  readonly log: readonly StripeLoggedEvent[];
  readonly reversals: readonly StripeReversal[];
  readonly transactions: readonly StripeTransaction[];
  readonly cash: readonly StripeCash[];
  /** What was taken back of transfers, in their own currency. */
  readonly reversed: ReadonlyMap<string, bigint>;
  /** Keys of money that a run asked for again without a look at what became of it. */
  readonly blindRepeats: readonly string[];
  /** Idempotency keys that were used again for something else. */
  readonly reusedKeys: readonly string[];
  /** Every answer under a key, in their order. */
  readonly keyLog: readonly KeyAnswer[];
  /** What the platform's balance has changed by since the start, per currency, in minor units. */
  readonly balances: ReadonlyMap<string, bigint>;
};
