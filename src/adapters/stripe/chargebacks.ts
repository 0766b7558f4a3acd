import type Stripe from 'stripe';
import type { ChargebackBooking } from '../../../events/escrow/chargeback-opened.v1.ts';
import type { ContestRequest, PaymentProvider, ProviderChargeback } from '../../escrow/ports.ts';
import { type Money, money } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';
import { fromStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

const MILLISECONDS_PER_SECOND = 1_000;

/** In what currency it settles, and whose trade it is, come with one read. */
const EXPAND = ['charge.balance_transaction', 'payment_intent'];

/**
 * What Stripe calls a dispute. An inquiry (`warning_…`) freezes as a dispute does, and ends as won
 * where it is closed without one; whatever Stripe may add is open.
 */
const STATUSES: Readonly<Record<string, ProviderChargeback['status']>> = {
  won: 'won',
  warning_closed: 'won',
  lost: 'lost',
};

/**
 * A dispute that was prevented went no further, but the buyer may have been given the money all the same (Visa's
 * rapid resolution): then it stands withdrawn, and is lost. A refund that prevented it is one of the charge.
 */
function statusOf(
  status: string,
  { withdrawn, reinstated }: Pick<ProviderChargeback, 'withdrawn' | 'reinstated'>,
): ProviderChargeback['status'] {
  if (status !== 'prevented') return STATUSES[status] ?? 'open';
  return withdrawn.amountMinor > reinstated.amountMinor ? 'lost' : 'won';
}

/** Stripe's disputes, as the buyer's bank has them. */
export const stripeChargebacks = (
  stripe: Stripe,
): Pick<PaymentProvider, 'getChargeback' | 'contestChargeback' | 'acceptChargeback'> => ({
  getChargeback: async (chargebackId) =>
    toProviderChargeback(
      await callStripe('dispute', () => stripe.disputes.retrieve(chargebackId, { expand: EXPAND })),
    ),
  contestChargeback: async (request) =>
    toProviderChargeback(
      await callStripe('dispute', () =>
        stripe.disputes.update(
          request.chargebackId,
          {
            evidence: toStripeEvidence(request),
            metadata: { response_id: request.responseId, trade_id: request.tradeId },
            submit: true,
            expand: EXPAND,
          },
          { idempotencyKey: `${request.responseId}:dispute-evidence` },
        ),
      ),
    ),
  acceptChargeback: async ({ chargebackId, responseId }) =>
    toProviderChargeback(
      await callStripe('dispute', () =>
        stripe.disputes.close(
          chargebackId,
          { expand: EXPAND },
          { idempotencyKey: `${responseId}:dispute-close` },
        ),
      ),
    ),
});

/** Stripe's fields of evidence; what it has no field of its own for is told as free text. */
function toStripeEvidence({
  evidence,
  words = {},
}: ContestRequest): Stripe.DisputeUpdateParams.Evidence {
  const told = [words.explanation, evidence.statement];
  const texts = {
    uncategorized_text: told.filter((text) => text !== undefined).join('\n\n'),
    product_description: words.productDescription,
    customer_name: words.customerName,
    customer_email_address: words.customerEmail,
    shipping_address: words.shippingAddress,
    shipping_carrier: evidence.carrier,
    shipping_tracking_number: evidence.trackingNumber,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text));
}

function toProviderChargeback(dispute: Stripe.Dispute): ProviderChargeback {
  const { id, charge, status, amount, currency, reason, evidence_details: evidence } = dispute;
  const intent = dispute.payment_intent;
  const tradeId =
    intent === null || typeof intent === 'string' ? null : (intent.metadata['trade_id'] ?? null);
  const moved = tradeId === null ? nothingOf(amount, currency) : bookingsOf(dispute);
  return {
    chargebackId: id,
    tradeId,
    chargeId: typeof charge === 'string' ? charge : charge.id,
    status: statusOf(status, moved),
    ...(status.startsWith('warning_') ? { isInquiry: true } : {}),
    amount: fromStripeAmount(amount, currency),
    reason,
    evidenceDueBy: evidence?.due_by
      ? new Date(evidence.due_by * MILLISECONDS_PER_SECOND).toISOString()
      : null,
    needsResponse: status.endsWith('needs_response'),
    submissions: evidence?.submission_count ?? 0,
    responseId: dispute.metadata?.['response_id'] ?? null,
    ...moved,
  };
}

const nothingOf = (amount: number, currency: string) => {
  const none = money(fromStripeAmount(amount, currency).currency, 0n);
  return { withdrawn: none, reinstated: none, fee: none, bookings: [] };
};

/** Sums over all of its balance transactions: withdrawals, give-backs and fees, each apart. */
function bookingsOf({ id, charge, balance_transactions: bookings }: Stripe.Dispute): {
  readonly withdrawn: Money;
  readonly reinstated: Money;
  readonly fee: Money;
  readonly bookings: readonly ChargebackBooking[];
} {
  const settled = typeof charge === 'string' ? null : charge.balance_transaction;
  if (settled === null || typeof settled === 'string') {
    throw new CodedError({
      code: 'stripe.balance_transaction_pending',
      message: `What ${id} disputes has no balance transaction yet.`,
      retryable: true,
    });
  }
  const total = (amounts: readonly number[]): Money =>
    fromStripeAmount(
      amounts.reduce((sum, amount) => sum + amount, 0),
      settled.currency,
    );
  const amounts = bookings.map(({ amount }) => amount);
  return {
    withdrawn: total(amounts.filter((amount) => amount < 0).map((amount) => -amount)),
    reinstated: total(amounts.filter((amount) => amount > 0)),
    fee: total(bookings.map(({ fee }) => fee)),
    bookings: bookings.map(({ id: transactionId, net }) => ({ transactionId, net: total([net]) })),
  };
}
