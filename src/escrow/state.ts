import type {
  ChargebackResponseRequested,
  HeldEvidence,
} from '../../events/escrow/chargeback-response-requested.v1.ts';
import type { DisputeClosed } from '../../events/escrow/dispute-closed.v1.ts';
import type { DisputeOpened, Side } from '../../events/escrow/dispute-opened.v1.ts';
import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type {
  RefundPart,
  RefundRequested,
  RefundSource,
} from '../../events/escrow/refund-requested.v1.ts';
import type { RefundBooking } from '../../events/escrow/refund-settled.v1.ts';
import type { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import type { UnblockProposed } from '../../events/escrow/unblock-proposed.v1.ts';
import type { Money } from '../money/money.ts';

/** What the parties agreed, as it was opened. */
export type Terms = Omit<TradeOpened, 'type' | 'version'>;

/** The buyer's payment, as the provider reported it; what is more than was due stands apart. */
export type Payment = {
  readonly paymentIntentId: string;
  readonly chargeId: string;
  readonly received: Money;
  readonly settled: Money;
  readonly fee: Money;
  readonly capturedAt: string;
  /** When the provider lets us move it on; undefined where it did not say. */
  readonly availableOn?: string | undefined;
  /** Where it came by bank and not by the provider: the receipts that finance identified. */
  readonly receiptIds?: readonly string[] | undefined;
  /** So much of it came by receipts, where the provider charged the rest. */
  readonly byReceipts?: Money | undefined;
  /** What the provider charged, where more came than was due. */
  readonly charged?: Money | undefined;
};

/** What has come of a payment that is not charged, in the currency charged, by its way. */
export type Parts = {
  /** On the buyer's cash balance at the provider. */
  readonly transferred: Money;
  /** On our segregated account, by these receipts. */
  readonly receipts: Money;
  readonly receiptIds: readonly string[];
};

export type Booking = {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
};

export type Delivery = {
  readonly shipmentId: string;
  readonly deliveredAt: string;
  readonly confirmedAt: string;
  readonly inspectionEndsAt: string;
  readonly evidenceSha256: string;
};

export type Release = Pick<
  MilestoneReleased,
  'milestoneId' | 'net' | 'fee' | 'rule' | 'evidenceSha256' | 'releasedAt'
>;

/**
 * A refund's life: requested, valued, submitted to the provider, settled; between those it may be credited
 * to the buyer's cash balance there, and be submitted from it. A failed one stays owed to the buyer until it is tried anew; a canceled one takes nothing.
 */
export type Refund = {
  readonly refundId: string;
  readonly amount: Money;
  readonly parts: readonly RefundPart[];
  readonly reason: RefundRequested['reason'];
  /** Where the money lies that goes back. */
  readonly from: 'charge' | RefundSource;
  /** True where it goes back by our bank all the same, as the provider refuses to give it back. */
  readonly byBank?: true;
  readonly attempt: number;
  readonly status:
    | 'requested'
    | 'valued'
    | 'submitted'
    | 'credited'
    | 'settled'
    | 'failed'
    | 'canceled';
  /** The provider's id of the one that brought it to the buyer's cash balance, from where it has to leave. */
  readonly creditedBy?: string;
  /** What it is worth at mid in the currency charged, and what of the spread it gives back. */
  readonly valuation: { readonly midValue: Money; readonly spread: Money } | null;
  /** The provider's id of the latest attempt that it knows of. */
  readonly providerRefundId: string | null;
  readonly booking: RefundBooking | null;
};

/** A dispute's life: the sides negotiate, somebody else decides, it is closed. */
export type Dispute = {
  readonly disputeId: string;
  readonly milestoneIds: readonly string[];
  readonly stage: 'negotiating' | 'escalated' | 'closed';
  readonly reason: DisputeOpened['reason'];
  readonly escalatableAt: string;
  readonly escalatesAt: string;
  readonly decisionSeconds: number;
  readonly silenceAwards: Side;
  /** When silence decides; null before it is escalated. */
  readonly decideBy: string | null;
  /** The proposal that stands: the latest. */
  readonly proposal: {
    readonly proposalId: string;
    readonly by: Side;
    readonly toBuyer: Money;
  } | null;
  readonly outcome: DisputeClosed['outcome'] | null;
};

/** What is said to the bank: first intended, then with the provider. */
export type ChargebackAnswer = {
  /** Null for one that was given at the provider by hand. */
  readonly responseId: string | null;
  readonly response: ChargebackResponseRequested['response'];
  readonly status: 'requested' | 'made';
  readonly evidence: HeldEvidence | null;
  readonly wordsReference: string | null;
};

/** A chargeback's life; the sums are the provider's, over all of its bookings. */
export type Chargeback = {
  readonly chargebackId: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly amount: Money;
  readonly withdrawn: Money;
  readonly reinstated: Money;
  readonly fee: Money;
  /** Until when an answer counts, by the provider. */
  readonly evidenceDueBy: string | null;
  /** How often evidence was handed in, by the provider. */
  readonly submissions: number;
  readonly answer: ChargebackAnswer | null;
  /** What was said of a missing answer: that its day is near, that it has passed. */
  readonly noticed: 'near' | 'missed' | null;
  /** True while the bank has only asked, and taken nothing. */
  readonly isInquiry: boolean;
  /** Where it was won and is open again: how often it had ended, and its sums when it did last. */
  readonly earlier?: {
    readonly ends: number;
    readonly withdrawn: Money;
    readonly reinstated: Money;
  };
  /** What a lost one took: of the buyer's payment, of each milestone, of the spread. */
  readonly taken: {
    readonly covered: Money;
    readonly parts: readonly RefundPart[];
    readonly spread: Money;
    /** What of the charge the bank kept, though less was left of it to cover that. */
    readonly disputed: Money;
    /** What of it had been paid too much and had not gone back. */
    readonly unapplied?: Money;
  } | null;
};

export type Duty = {
  readonly dutyId: string;
  readonly amount: Money;
  readonly parts: readonly RefundPart[];
  readonly paid: boolean;
};

/** A trade's money that nothing leaves: by which case, how much, and what was proposed to lift it. */
export type Block = {
  readonly caseId: string;
  readonly held: Money;
  readonly clearing: Money;
  readonly proposal?: Pick<UnblockProposed, 'ground' | 'reference'> & { readonly by: string };
};

/** What a trade holds once its money has arrived, and everything that was ever done with it. */
export type Held = {
  readonly terms: Terms;
  readonly payment: Payment;
  /** What came beside the payment, whether it has gone back or not. */
  readonly parts: Parts;
  /** True once the money is held in the trade's own currency. */
  readonly converted: boolean;
  /** The spread that the conversion earned, in the currency charged; zero where it lost. */
  readonly spread: Money;
  /** What the buyer paid beyond what was due, in the currency charged. */
  readonly unapplied: Money;
  readonly releases: readonly Release[];
  readonly paidMilestoneIds: readonly string[];
  /** The latest attempt that paid each milestone, also where it came back. */
  readonly paidAttempts: Readonly<Record<string, number>>;
  readonly refunds: readonly Refund[];
  /** What the seller was told that it owes of what it was released, in the trade's currency. */
  readonly debtTold: Money;
  readonly disputes: readonly Dispute[];
  readonly chargebacks: readonly Chargeback[];
  readonly booking: Booking | null;
  readonly delivery: Delivery | null;
  /** Duties that were set aside of what is held. */
  readonly duties: readonly Duty[];
  /** True once the carrier has the goods, where the trade sets a time for it. */
  readonly dispatched: boolean;
  readonly holdWarned: boolean;
  readonly settled: boolean;
  readonly block?: Block | undefined;
};

/** A trade that waits for its money. */
export type Unpaid = {
  readonly terms: Terms;
  readonly paymentIntentId: string | null;
  readonly parts: Parts;
  /** What the provider was asked to charge, where receipts are the rest. */
  readonly rest?: Money | undefined;
  readonly block?: Block | undefined;
};

/** A trade that was closed before it was paid in full, and what of its money goes back. */
export type Closed = Unpaid & { readonly refunds: readonly Refund[] };

/**
 * A trade's life, keyed by `status`; data stands only where it exists (DESIGN: escrow).
 * `canceling` is the time between asking the provider to close the payment and its answer. Once the
 * money is there, the status says what has become of it: it follows from `Held` (status.ts).
 */
export type EscrowState =
  | { readonly status: 'not_opened' }
  | (Unpaid & { readonly status: 'awaiting_payment' })
  | (Unpaid & {
      readonly status: 'canceling';
      readonly reason: 'marketplace' | 'payment_window_over';
    })
  | (Closed & { readonly status: 'canceled' })
  | (Closed & { readonly status: 'expired' })
  | (Held & { readonly status: 'funded' })
  | (Held & { readonly status: 'in_fulfilment'; readonly booking: Booking })
  | (Held & {
      readonly status: 'delivered';
      readonly booking: Booking;
      readonly delivery: Delivery;
    })
  /** Nothing is left to release, and the buyer does not have all of its refunds yet. */
  | (Held & { readonly status: 'refunding' })
  | (Held & { readonly status: 'released' })
  | (Held & { readonly status: 'settled' })
  | (Held & { readonly status: 'refunded' })
  | (Held & { readonly status: 'charged_back' });

/** As the API shows a trade: an open dispute or chargeback stands before what is on its way. */
export type EscrowStatus = Exclude<EscrowState['status'], 'not_opened'> | 'disputed';

/** States in which the buyer's money has arrived. */
export type FundedState = Extract<EscrowState, Held>;

export type ClosedState = Extract<EscrowState, Closed & { status: 'canceled' | 'expired' }>;

export const isClosed = (state: EscrowState): state is ClosedState =>
  state.status === 'canceled' || state.status === 'expired';

/** States in which money can be on its way back to the buyer. */
export type RefundingState = FundedState | ClosedState;

export const canRefund = (state: EscrowState): state is RefundingState =>
  isFunded(state) || isClosed(state);

/** States from which the money can be released. */
export type ShippedState = Extract<EscrowState, { status: 'in_fulfilment' | 'delivered' }>;

export const isFunded = (state: EscrowState): state is FundedState => 'payment' in state;

export const isShipped = (state: EscrowState): state is ShippedState =>
  state.status === 'in_fulfilment' || state.status === 'delivered';

export const initialEscrow: EscrowState = { status: 'not_opened' };
