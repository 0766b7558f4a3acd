import type Stripe from 'stripe';
import type {
  PaymentProvider,
  ProviderRefund,
  RefundOf,
  RefundRequest,
} from '../../escrow/ports.ts';
import { type Money, zero } from '../../money/money.ts';
import { CodedError } from '../../platform/errors.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';
import { cashMovementsOf, customerOf } from './transfers-in.ts';

const PAGE_SIZE = 100;
/** A refund and the record of its cash are made together, and may say so a little apart. */
const SECONDS_BESIDE = 5;

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
  findRefund: async ({ refundId, attempt, ...of }) => {
    const made =
      'chargeId' in of
        ? refundsOf(stripe, { charge: of.chargeId })
        : returnsOf(stripe, of.unusedOf);
    for await (const refund of made) {
      const isOurs = refund.metadata?.['refund_id'] === refundId;
      if (isOurs && attemptOf(refund) === attempt) return toProviderRefund(refund);
    }
    return undefined;
  },
  refund: async ({ tradeId, refundId, attempt, amount, afterChargebacks = 0, ...of }) => {
    const source = await sourceOf(stripe, of, amount);
    return toProviderRefund(
      await callStripe('refund', () =>
        stripe.refunds.create(
          {
            ...source,
            amount: toStripeAmount(amount).amount,
            metadata: { refund_id: refundId, trade_id: tradeId, attempt: String(attempt) },
            expand: EXPAND,
          },
          {
            idempotencyKey: `${keyOf({ refundId, attempt, afterChargebacks })}${'chargeId' in of ? '' : ':cash'}`,
          },
        ),
      ),
    );
  },
  refundsOf: async (chargeId) => {
    const all: ProviderRefund[] = [];
    for await (const refund of refundsOf(stripe, { charge: chargeId }))
      all.push(toProviderRefund(refund));
    return all;
  },
});

const keyOf = ({
  refundId,
  attempt,
  afterChargebacks,
}: Required<Pick<RefundRequest, 'refundId' | 'attempt' | 'afterChargebacks'>>): string =>
  `${refundId}:refund:${attempt}${afterChargebacks === 0 ? '' : `:${afterChargebacks}`}`;

/** Out of a charge, or out of what lies on the customer's cash balance. */
async function sourceOf(
  stripe: Stripe,
  of: RefundOf,
  amount: Money,
): Promise<Stripe.RefundCreateParams> {
  if ('chargeId' in of) return { charge: of.chargeId };
  const customer = await payerOf(stripe, of.unusedOf);
  return { origin: 'customer_balance', customer, currency: toStripeAmount(amount).currency };
}

async function payerOf(stripe: Stripe, paymentIntentId: string): Promise<string> {
  const intent = await callStripe('payment_intent', () =>
    stripe.paymentIntents.retrieve(paymentIntentId),
  );
  const customer = customerOf(intent);
  if (customer !== null) return customer;
  throw new CodedError({
    code: 'stripe.customer_missing',
    message: `${paymentIntentId} has no customer whose cash balance could be refunded.`,
    retryable: false,
  });
}

/**
 * What was given back of a customer's cash. A refund without a charge can't be listed by anything
 * but its time; the cash balance's own records say when to look.
 */
async function* returnsOf(stripe: Stripe, paymentIntentId: string): AsyncGenerator<Stripe.Refund> {
  const customer = await payerOf(stripe, paymentIntentId);
  for await (const { type, created } of cashMovementsOf(stripe, customer)) {
    if (type !== 'return_initiated') continue;
    const around = { gte: created - SECONDS_BESIDE, lte: created + SECONDS_BESIDE };
    for await (const refund of refundsOf(stripe, { created: around })) {
      if (isOfCash(refund) && idOf(refund.customer) === customer) yield refund;
    }
  }
}

const idOf = (reference: string | { readonly id: string } | null): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

async function* refundsOf(
  stripe: Stripe,
  which: Pick<Stripe.RefundListParams, 'charge' | 'created'>,
): AsyncGenerator<Stripe.Refund> {
  let startingAfter: string | undefined;
  for (;;) {
    const page = await callStripe('list', () =>
      stripe.refunds.list({
        ...which,
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
    ...(landsOnCash(refund) ? { landsOn: 'cash_balance' as const } : {}),
    ...(isOfCash(refund) ? { takenFrom: 'cash_balance' as const } : {}),
    failureReason: refund.failure_reason ?? null,
  };
}

/** Stripe gives a charge that a bank transfer had paid back to the customer's cash balance. */
const landsOnCash = ({ destination_details: to }: Stripe.Refund): boolean =>
  to?.type === 'customer_cash_balance';

/** A refund of a customer's cash is of no charge. */
const isOfCash = ({ charge, payment_intent: intent }: Stripe.Refund): boolean =>
  charge === null && intent === null;

/**
 * What Stripe debited; until it says, there is nothing to book, and we ask again. A refund out of a
 * cash balance never was on a balance of ours: it takes what it gives.
 */
function bookingOf(refund: Stripe.Refund) {
  const { id, balance_transaction: balance } = refund;
  if (isOfCash(refund)) {
    const given = fromStripeAmount(refund.amount, refund.currency);
    return { debited: given, fee: zero(given.currency) };
  }
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
