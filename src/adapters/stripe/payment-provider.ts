import type Stripe from 'stripe';
import type { PaymentProvider, ProviderPayment } from '../../escrow/ports.ts';
import type { Payment } from '../../escrow/state.ts';
import type { Money } from '../../money/money.ts';
import { CodedError, isCodedError } from '../../platform/errors.ts';
import { fromStripeAmount, toStripeAmount, unrepresentable } from './amounts.ts';
import { capturedAtSeconds } from './captured-at.ts';
import { stripeChargebacks } from './chargebacks.ts';
import { callStripe } from './client.ts';
import { type StripeLimits, usualStripeLimits } from './limits.ts';
import { stripeRefunds } from './refunds.ts';
import { transfersFor, uncharged } from './transfers-in.ts';

/** Everything that is recorded of a payment comes with one read. */
const EXPAND = ['latest_charge.balance_transaction'];
const MILLISECONDS_PER_SECOND = 1_000;

const STATUSES: Readonly<Record<string, ProviderPayment['status']>> = {
  succeeded: 'succeeded',
  canceled: 'canceled',
  processing: 'processing',
};

/** Payments by Stripe's payment intents, charged to the platform's own balance. */
export function stripePaymentProvider(
  stripe: Stripe,
  limits: StripeLimits = usualStripeLimits,
): PaymentProvider {
  const read = async (intent: Stripe.PaymentIntent): Promise<ProviderPayment> =>
    toProviderPayment(intent, await uncharged(stripe, intent));
  const get = async (paymentIntentId: string): Promise<ProviderPayment> =>
    read(
      await callStripe('payment_intent', () =>
        stripe.paymentIntents.retrieve(paymentIntentId, { expand: EXPAND }),
      ),
    );

  const whileOpen = async (
    paymentIntentId: string,
    act: () => Promise<Stripe.PaymentIntent>,
  ): Promise<ProviderPayment> => {
    const before = await get(paymentIntentId);
    if (before.status !== 'open') return before;
    try {
      return await read(await callStripe('payment_intent', act));
    } catch (error) {
      // Paid or canceled in the meantime: what it has become is read.
      if (!isCodedError(error) || error.code !== 'stripe.payment_intent_unexpected_state')
        throw error;
      return get(paymentIntentId);
    }
  };

  return {
    ...stripeRefunds(stripe),
    ...stripeChargebacks(stripe),
    refusalOf: (amount) => unrepresentable(amount, limits),
    get,
    // Search lags behind by a minute or so, in which the idempotency key is remembered; when the key
    // is forgotten, after a day, search has long caught up. One of the two always finds it.
    findForTrade: async (tradeId) => {
      const found = await callStripe('search_result', () =>
        stripe.paymentIntents.search({ query: `metadata['trade_id']:'${tradeId}'`, limit: 1 }),
      );
      const [intent] = found.data;
      return intent === undefined ? undefined : get(intent.id);
    },
    findForPayer: async (customer) => {
      const found = await callStripe('list', () =>
        stripe.paymentIntents.list({ customer, limit: 1 }),
      );
      const [intent] = found.data;
      return intent === undefined ? undefined : get(intent.id);
    },
    create: async ({ tradeId, amount }) => {
      const transfers = await transfersFor(stripe, { tradeId, amount });
      return read(
        await callStripe('payment_intent', () =>
          stripe.paymentIntents.create(
            {
              ...toStripeAmount(amount),
              ...transfers,
              automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
              transfer_group: tradeId,
              metadata: { trade_id: tradeId },
              expand: EXPAND,
            },
            { idempotencyKey: `${tradeId}:payment-intent` },
          ),
        ),
      );
    },
    lower: async (paymentIntentId, amount) =>
      whileOpen(paymentIntentId, () =>
        stripe.paymentIntents.update(paymentIntentId, {
          amount: toStripeAmount(amount).amount,
          expand: EXPAND,
        }),
      ),
    cancel: (paymentIntentId) =>
      whileOpen(paymentIntentId, () =>
        stripe.paymentIntents.cancel(paymentIntentId, { expand: EXPAND }),
      ),
  };
}

/** The money is looked at only where the payment is for one of our trades. */
function toProviderPayment(
  intent: Stripe.PaymentIntent,
  transferred: Money | null,
): ProviderPayment {
  const tradeId = intent.metadata['trade_id'] ?? null;
  return {
    paymentIntentId: intent.id,
    tradeId,
    status: STATUSES[intent.status] ?? 'open',
    clientSecret: intent.client_secret,
    payment: intent.status === 'succeeded' && tradeId !== null ? toPayment(intent) : null,
    transferred,
  };
}

const instantOf = (seconds: number): string =>
  new Date(seconds * MILLISECONDS_PER_SECOND).toISOString();

/**
 * What was charged and what was credited for it. The provider makes the balance transaction a
 * little after the charge; until it exists there is nothing to book, and we ask again.
 */
function toPayment({ id, latest_charge: charge }: Stripe.PaymentIntent): Payment {
  const balance = charge !== null && typeof charge === 'object' ? charge.balance_transaction : null;
  if (
    charge === null ||
    typeof charge === 'string' ||
    balance === null ||
    typeof balance === 'string'
  ) {
    throw new CodedError({
      code: 'stripe.balance_transaction_pending',
      message: `${id} has succeeded and its balance transaction does not exist yet.`,
      retryable: true,
    });
  }
  return {
    paymentIntentId: id,
    chargeId: charge.id,
    received: fromStripeAmount(charge.amount, charge.currency),
    settled: fromStripeAmount(balance.amount, balance.currency),
    fee: fromStripeAmount(balance.fee, balance.currency),
    capturedAt: instantOf(capturedAtSeconds(charge, balance)),
    availableOn: instantOf(balance.available_on),
  };
}
