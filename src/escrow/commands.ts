import type { RefundRequested } from '../../events/escrow/refund-requested.v1.ts';
import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { DeadlineKind } from '../../events/messages/deadline-passed.v1.ts';
import type { Money } from '../money/money.ts';
import type { MidRate, ProviderRefund } from './ports.ts';
import type { Booking, Payment, Terms } from './state.ts';

/** What can be asked of an escrow. Times are ISO instants given by the caller's clock. */
export type EscrowCommand = PaymentCommand | GoodsCommand | RefundCommand;

type PaymentCommand =
  | { readonly type: 'OpenTrade'; readonly terms: Terms }
  | { readonly type: 'RecordPaymentRequest'; readonly paymentIntentId: string }
  | { readonly type: 'RecordPayment'; readonly payment: Payment }
  | { readonly type: 'ConvertFunds'; readonly conversion: Conversion; readonly at: string }
  | { readonly type: 'RequestCancellation' }
  | { readonly type: 'RecordPaymentClosed'; readonly at: string }
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
  | { readonly type: 'AcceptGoods'; readonly evidenceSha256: string; readonly at: string }
  | {
      readonly type: 'PassDeadline';
      readonly deadline: DeadlineKind;
      readonly dueAt: string;
      readonly at: string;
    }
  | {
      readonly type: 'RecordMilestonePaid';
      readonly milestoneId: string;
      readonly payoutId: string;
      readonly at: string;
    };

type RefundCommand =
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
  | { readonly type: 'RetryRefund'; readonly refundId: string; readonly at: string };

/** How received money became the trade's amount: under which quote, and where the rate's mid lay. */
export type Conversion = {
  readonly quote: FxQuote;
  readonly midSell: Money;
  readonly spread: Money;
};

export type CommandOf<T extends EscrowCommand['type']> = Extract<EscrowCommand, { type: T }>;
