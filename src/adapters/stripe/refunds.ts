import type Stripe from 'stripe';
import type { PaymentProvider, ProviderRefund, RefundRequest } from '../../escrow/ports.ts';
import { CodedError } from '../../platform/errors.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

const PAGE_SIZE = 100;

/** Everything that is recorded of a refund comes with one read, and whose charge it gives back. */
const EXPAND = ['balance_transaction', 'payment_intent'];

/** What Stripe calls `requires_action` and whatever it may add waits, as `pending` does. */
const STATUSES: Readonly<Record<string, ProviderRefund['status']>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

/** Refunds of the platform's own charges. They never touch a transfer. */
export const stripeRefunds = (
  stripe: Stripe,
): Pick<PaymentProvider, 'findRefund' | 'refund' | 'getRefund' | 'refundsOf'> => ({
  getRefund: async (providerRefundId) =>
    toProviderRefund(
      await callStripe('refund', () =>
        stripe.refunds.retrieve(providerRefundId, { expand: EXPAND }),
      ),
    ),
  findRefund: async ({ chargeId, refundId, attempt }) => {
    for await (const refund of refundsOf(stripe, chargeId)) {
      const isOurs = refund.metadata?.['refund_id'] === refundId;
      if (isOurs && attemptOf(refund) === attempt) return toProviderRefund(refund);
    }
    return undefined;
  },
  refund: async ({ tradeId, chargeId, refundId, attempt, amount, afterChargebacks = 0 }) =>
    toProviderRefund(
      await callStripe('refund', () =>
        stripe.refunds.create(
          {
            charge: chargeId,
            amount: toStripeAmount(amount).amount,
            metadata: { refund_id: refundId, trade_id: tradeId, attempt: String(attempt) },
            expand: EXPAND,
          },
          { idempotencyKey: keyOf({ refundId, attempt, afterChargebacks }) },
        ),
      ),
    ),
  refundsOf: async (chargeId) => {
    const all: ProviderRefund[] = [];
    for await (const refund of refundsOf(stripe, chargeId)) all.push(toProviderRefund(refund));
    return all;
  },
});

const keyOf = ({
  refundId,
  attempt,
  afterChargebacks,
}: Required<Pick<RefundRequest, 'refundId' | 'attempt' | 'afterChargebacks'>>): string =>
  `${refundId}:refund:${attempt}${afterChargebacks === 0 ? '' : `:${afterChargebacks}`}`;

async function* refundsOf(stripe: Stripe, charge: string): AsyncGenerator<Stripe.Refund> {
  let startingAfter: string | undefined;
  for (;;) {
    const page = await callStripe('list', () =>
      stripe.refunds.list({
        charge,
        limit: PAGE_SIZE,
        expand: EXPAND.map((field) => `data.${field}`),
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    yield* page.data;
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return;
  }
}

const attemptOf = ({ metadata }: Stripe.Refund): number => {
  const attempt = metadata?.['attempt'] ?? '';
  return /^[1-9]\d{0,5}$/.test(attempt) ? Number(attempt) : 1;
};

/** A refund that was made by hand has no metadata of ours; its payment intent says whose trade it is. */
function tradeIdOf({ metadata, payment_intent: intent }: Stripe.Refund): string | null {
  const own = metadata?.['trade_id'];
  if (own !== undefined) return own;
  return intent === null || typeof intent === 'string'
    ? null
    : (intent.metadata['trade_id'] ?? null);
}

function toProviderRefund(refund: Stripe.Refund): ProviderRefund {
  const status = STATUSES[refund.status ?? ''] ?? 'pending';
  const tradeId = tradeIdOf(refund);
  const booked = status === 'succeeded' && tradeId !== null ? bookingOf(refund) : null;
  return {
    providerRefundId: refund.id,
    tradeId,
    refundId: refund.metadata?.['refund_id'] ?? null,
    attempt: attemptOf(refund),
    status,
    amount: fromStripeAmount(refund.amount, refund.currency),
    debited: booked?.debited ?? null,
    fee: booked?.fee ?? null,
    failureReason: refund.failure_reason ?? null,
  };
}

/** What Stripe debited; until it says, there is nothing to book, and we ask again. */
function bookingOf({ id, balance_transaction: balance }: Stripe.Refund) {
  if (balance === null || typeof balance !== 'object') {
    throw new CodedError({
      code: 'stripe.balance_transaction_pending',
      message: `${id} has succeeded and its balance transaction does not exist yet.`,
      retryable: true,
    });
  }
  const { amount, fee, currency } = balance;
  return {
    debited: fromStripeAmount(-amount, currency),
    fee: fromStripeAmount(fee, currency),
  };
}
