import type { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import type { Money } from '../money/money.ts';

/** What the parties agreed, as it was opened. */
export type Terms = Omit<TradeOpened, 'type' | 'version'>;

/** The buyer's payment, as the provider reported it. */
export type Payment = {
  readonly paymentIntentId: string;
  readonly chargeId: string;
  readonly received: Money;
  readonly settled: Money;
  readonly fee: Money;
  readonly capturedAt: string;
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

export type Release = { readonly milestoneId: string; readonly net: Money; readonly fee: Money };

/** What a trade holds once its money has arrived. */
type Held = {
  readonly terms: Terms;
  readonly payment: Payment;
  readonly releases: readonly Release[];
  readonly paidMilestoneIds: readonly string[];
};

/**
 * A trade's life, keyed by `status`; data stands only where it exists (DESIGN: escrow).
 * `canceling` is the time between asking the provider to close the payment and its answer.
 */
export type EscrowState =
  | { readonly status: 'not_opened' }
  | {
      readonly status: 'awaiting_payment';
      readonly terms: Terms;
      readonly paymentIntentId: string | null;
    }
  | {
      readonly status: 'canceling';
      readonly terms: Terms;
      readonly paymentIntentId: string | null;
      readonly reason: 'marketplace' | 'payment_window_over';
    }
  | { readonly status: 'canceled'; readonly terms: Terms }
  | { readonly status: 'expired'; readonly terms: Terms }
  | (Held & { readonly status: 'funded'; readonly converted: boolean })
  | (Held & { readonly status: 'in_fulfilment'; readonly booking: Booking })
  | (Held & {
      readonly status: 'delivered';
      readonly booking: Booking;
      readonly delivery: Delivery;
    })
  | (Held & { readonly status: 'released'; readonly booking: Booking })
  | (Held & { readonly status: 'settled'; readonly booking: Booking });

export type EscrowStatus = Exclude<EscrowState['status'], 'not_opened'>;

/** States in which the buyer's money has arrived. */
export type FundedState = Extract<EscrowState, Held>;

/** States from which the money can be released. */
export type ShippedState = Extract<EscrowState, { status: 'in_fulfilment' | 'delivered' }>;

export const isFunded = (state: EscrowState): state is FundedState => 'payment' in state;

export const initialEscrow: EscrowState = { status: 'not_opened' };
