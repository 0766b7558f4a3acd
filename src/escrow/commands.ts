import type { FxQuote } from '../../events/fx/fx-quote.v1.ts';
import type { DeadlineKind } from '../../events/messages/deadline-passed.v1.ts';
import type { Money } from '../money/money.ts';
import type { Booking, Payment, Terms } from './state.ts';

/** What can be asked of an escrow. Times are ISO instants given by the caller's clock. */
export type EscrowCommand =
  | { readonly type: 'OpenTrade'; readonly terms: Terms }
  | { readonly type: 'RecordPaymentRequest'; readonly paymentIntentId: string }
  | { readonly type: 'RecordPayment'; readonly payment: Payment }
  | { readonly type: 'ConvertFunds'; readonly conversion: Conversion; readonly at: string }
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
  | { readonly type: 'RequestCancellation' }
  | { readonly type: 'RecordPaymentClosed'; readonly at: string }
  | { readonly type: 'RefuseCancellation'; readonly paymentStatus: string }
  | {
      readonly type: 'RecordMilestonePaid';
      readonly milestoneId: string;
      readonly payoutId: string;
      readonly at: string;
    };

/** How received money became the trade's amount: under which quote, and where the rate's mid lay. */
export type Conversion = {
  readonly quote: FxQuote;
  readonly midSell: Money;
  readonly spread: Money;
};

export type CommandOf<T extends EscrowCommand['type']> = Extract<EscrowCommand, { type: T }>;
