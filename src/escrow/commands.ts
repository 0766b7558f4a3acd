import type { DisputeOpened, Side } from '../../events/escrow/dispute-opened.v1.ts';
import type { DocumentType } from '../../events/escrow/document-presented.v1.ts';
import type { RefundRequested } from '../../events/escrow/refund-requested.v1.ts';
import type { UnblockProposed } from '../../events/escrow/unblock-proposed.v1.ts';
import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { DeadlineKind } from '../../events/messages/deadline-passed.v1.ts';
import type { Money } from '../money/money.ts';
import type { MidRate, ProviderChargeback, ProviderRefund } from './ports.ts';
import type { Booking, Payment, Terms } from './state.ts';

/** What can be asked of an escrow. Times are ISO instants given by the caller's clock. */
export type EscrowCommand =
  | PaymentCommand
  | GoodsCommand
  | RefundCommand
  | HoldingCommand
  | DisputeCommand
  | ChargebackCommand
  | BlockCommand;

/** What brings a trade's money in. */
export type PaymentCommand =
  | { readonly type: 'OpenTrade'; readonly terms: Terms }
  | { readonly type: 'RecordPaymentRequest'; readonly paymentIntentId: string }
  | {
      readonly type: 'RecordPayment';
      readonly payment: Payment;
      /** What the buyer transferred beyond the charge. */
      readonly unused?: Money | undefined;
    }
  /** All that has come so far by bank transfers to the provider, which charges only the whole. */
  | { readonly type: 'RecordTransfers'; readonly received: Money; readonly at: string }
  | {
      readonly type: 'ApplyReceipt';
      readonly receiptId: string;
      readonly amount: Money;
      readonly at: string;
    }
  | { readonly type: 'ConvertFunds'; readonly conversion: Conversion; readonly at: string }
  | { readonly type: 'RequestCancellation' }
  | {
      readonly type: 'RecordPaymentClosed';
      readonly at: string;
      /** What the buyer had transferred, which lies on the cash balance now. */
      readonly unused?: Money | undefined;
    }
  | { readonly type: 'RefuseCancellation'; readonly paymentStatus: string };

type GoodsCommand =
  | { readonly type: 'BookShipment'; readonly booking: Booking }
  | {
      readonly type: 'ConfirmDelivery';
      readonly shipmentId: string;
      readonly deliveredAt: string;
      readonly evidenceSha256: string;
      readonly at: string;
    }
  | {
      readonly type: 'WithdrawDelivery';
      readonly shipmentId: string;
      readonly shipmentStatus: string;
    }
  | {
      readonly type: 'AcceptGoods';
      readonly evidenceSha256: string;
      /** The buyer's word, of which that is the hash. */
      readonly evidence?: Readonly<Record<string, string>>;
      readonly at: string;
    }
  | {
      readonly type: 'PassDeadline';
      readonly deadline: DeadlineKind;
      /** What is due: the trade, or a dispute of it. */
      readonly subjectId: string;
      readonly dueAt: string;
      readonly at: string;
    }
  | {
      readonly type: 'RecordMilestonePaid';
      readonly milestoneId: string;
      readonly payoutId: string;
      /** Which attempt of the payout paid; without it, the first. */
      readonly attempt?: number;
      readonly at: string;
    }
  | {
      readonly type: 'RecordMilestoneReturned';
      readonly milestoneId: string;
      readonly payoutId: string;
      readonly attempt: number;
      readonly code: string;
    };

export type RefundCommand =
  | {
      readonly type: 'RequestRefund';
      readonly refundId: string;
      /** In the currency charged. */
      readonly amount: Money;
      readonly reason: RefundRequested['reason'];
      readonly at: string;
    }
  | {
      readonly type: 'ValueRefund';
      readonly refundId: string;
      /** Major units of the currency charged for one of the trade's. */
      readonly mid: MidRate;
      readonly at: string;
    }
  | { readonly type: 'RecordRefund'; readonly refund: ProviderRefund; readonly at: string }
  | { readonly type: 'RetryRefund'; readonly refundId: string; readonly at: string }
  /** The provider refuses to give it back: its charge was disputed. */
  | {
      readonly type: 'TurnRefundToBank';
      readonly refundId: string;
      /** How many chargebacks had ended by the provider's refusal, as far as was known. */
      readonly afterChargebacks: number;
      readonly at: string;
    };

type HoldingCommand =
  | {
      readonly type: 'PresentDocument';
      readonly milestoneId: string;
      readonly documentType: DocumentType;
      readonly documentSha256: string;
      readonly at: string;
    }
  | {
      readonly type: 'EarmarkDuties';
      readonly dutyId: string;
      /** In the trade's currency. */
      readonly amount: Money;
      readonly at: string;
    }
  | {
      readonly type: 'RecordDutiesPaid';
      readonly dutyId: string;
      /** What customs or the carrier billed, where it is not what was set aside; may be nothing. */
      readonly billed?: Money;
      readonly at: string;
    }
  | {
      readonly type: 'RecordDispatch';
      readonly shipmentId: string;
      readonly dispatchedAt: string;
    };

export type DisputeCommand =
  | {
      readonly type: 'OpenDispute';
      readonly disputeId: string;
      /** Null for everything that is still held. */
      readonly milestoneIds: readonly string[] | null;
      readonly reason: DisputeOpened['reason'];
      readonly evidenceSha256: string | null;
      readonly at: string;
    }
  | {
      readonly type: 'ProposeAward';
      readonly disputeId: string;
      readonly proposalId: string;
      readonly by: Side;
      readonly toBuyer: Money;
      readonly at: string;
    }
  | {
      readonly type: 'AgreeAward';
      readonly disputeId: string;
      readonly proposalId: string;
      readonly by: Side;
      readonly at: string;
    }
  | {
      readonly type: 'EscalateDispute';
      readonly disputeId: string;
      readonly by: Side;
      readonly at: string;
    }
  | {
      readonly type: 'DecideDispute';
      readonly disputeId: string;
      readonly toBuyer: Money;
      readonly evidenceSha256: string;
      readonly at: string;
    }
  | { readonly type: 'WithdrawDispute'; readonly disputeId: string; readonly at: string };

export type ChargebackCommand =
  | {
      readonly type: 'RecordChargeback';
      readonly chargeback: ProviderChargeback;
      /** Major units of the provider's currency for one of the trade's; counts only where it is lost. */
      readonly mid: MidRate;
      readonly at: string;
    }
  | {
      readonly type: 'RequestResponse';
      readonly chargebackId: string;
      readonly responseId: string;
      readonly response: 'contest' | 'accept';
      /** Where a person's words are in the vault. */
      readonly wordsReference?: string;
      readonly at: string;
    };

/** Whoever screens the parties says that one was hit, and two persons that it was none or is licensed. */
export type BlockCommand =
  | {
      readonly type: 'BlockFunds';
      readonly caseId: string;
      readonly by: string;
      readonly evidenceSha256?: string | undefined;
      readonly at: string;
    }
  | {
      readonly type: 'ProposeUnblock';
      readonly ground: UnblockProposed['ground'];
      /** The license, or the record by which the hit was cleared. */
      readonly reference: string;
      readonly by: string;
      readonly at: string;
    }
  | { readonly type: 'ApproveUnblock'; readonly by: string; readonly at: string };

/** How received money became the trade's amount: under which quote, and where the rate's mid lay. */
export type Conversion = {
  readonly quote: FxQuote;
  readonly midSell: Money;
  readonly spread: Money;
};

export type CommandOf<T extends EscrowCommand['type']> = Extract<EscrowCommand, { type: T }>;
