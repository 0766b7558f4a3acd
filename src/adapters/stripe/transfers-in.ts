import type Stripe from 'stripe';
import { type Money, subtract } from '../../money/money.ts';
import { isCodedError } from '../../platform/errors.ts';
import { fromStripeAmount } from './amounts.ts';
import { callStripe } from './client.ts';

type BankTransfer =
  Stripe.PaymentIntentCreateParams.PaymentMethodOptions.CustomerBalance.BankTransfer;

/** Where buyers can pay by bank transfer, and how Stripe calls it (docs: payments/bank-transfers). */
const BANK_TRANSFERS: Readonly<Record<string, BankTransfer>> = {
  EUR: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
  GBP: { type: 'gb_bank_transfer' },
  JPY: { type: 'jp_bank_transfer' },
  MXN: { type: 'mx_bank_transfer' },
  USD: { type: 'us_bank_transfer' },
};

/**
 * What a payment needs so that bank transfers can pay it: a customer of the trade's own, without
 * anybody's name. Its cash balance so holds money for this trade and for no other.
 */
export async function transfersFor(
  stripe: Stripe,
  { tradeId, amount }: { readonly tradeId: string; readonly amount: Money },
): Promise<Pick<Stripe.PaymentIntentCreateParams, 'customer' | 'payment_method_options'>> {
  const transfer = BANK_TRANSFERS[amount.currency];
  if (transfer === undefined) return {};
  return {
    customer: await customerFor(stripe, tradeId),
    payment_method_options: {
      customer_balance: { funding_type: 'bank_transfer', bank_transfer: transfer },
    },
  };
}

/** How often another customer is asked for because Stripe repeats that it failed. */
const MOST_ATTEMPTS = 3;

type Payer = { readonly id: string; readonly attempt: number; readonly createdAtSeconds: number };

/**
 * The same customer however often it is asked for: the intent's key belongs to one customer, and is
 * refused for any other.
 *
 * Keys decide while Stripe remembers them: the payer is that of the first attempt that did not fail,
 * though search may also show what a failed attempt left. Once they are forgotten, after a day, the
 * customer made anew is the youngest, and search has long caught up with the one that was meant.
 */
async function customerFor(stripe: Stripe, tradeId: string): Promise<string> {
  const found = await callStripe('search_result', () =>
    stripe.customers.search({ query: `metadata['trade_id']:'${tradeId}'`, limit: PAGE_SIZE }),
  );
  const made = await customerByKey(stripe, tradeId);
  const payers = [...found.data.map(payerOf), payerOf(made)];
  return payers.reduce((best, payer) => (isMeantRather(payer, best) ? payer : best)).id;
}

const payerOf = ({ id, created, metadata }: Stripe.Customer): Payer => ({
  id,
  attempt: Number(metadata['attempt'] ?? 1),
  createdAtSeconds: created,
});

/** A later attempt is made only where those before it failed; of one attempt, the older came first. */
const isMeantRather = (one: Payer, other: Payer): boolean =>
  one.attempt === other.attempt
    ? one.createdAtSeconds < other.createdAtSeconds
    : one.attempt > other.attempt;

/**
 * Where Stripe repeats for a day that it failed, another is made: one that no intent names has no
 * money and does no harm.
 */
async function customerByKey(
  stripe: Stripe,
  tradeId: string,
  attempt = 1,
): Promise<Stripe.Customer> {
  const isFirst = attempt === 1;
  const metadata = { trade_id: tradeId, ...(isFirst ? {} : { attempt: String(attempt) }) };
  const idempotencyKey = `${tradeId}:customer${isFirst ? '' : `:${attempt}`}`;
  try {
    return await callStripe('customer', () =>
      stripe.customers.create({ metadata }, { idempotencyKey }),
    );
  } catch (error) {
    const isRepeated = isCodedError(error) && error.code === 'stripe.failure_replayed';
    if (!isRepeated || attempt === MOST_ATTEMPTS) throw error;
    return customerByKey(stripe, tradeId, attempt + 1);
  }
}

const PAGE_SIZE = 100;

/** Every movement of a customer's cash balance, newest first. */
export async function* cashMovementsOf(
  stripe: Stripe,
  customer: string,
): AsyncGenerator<Stripe.CustomerCashBalanceTransaction> {
  let startingAfter: string | undefined;
  for (;;) {
    const page = await callStripe('list', () =>
      stripe.customers.listCashBalanceTransactions(customer, {
        limit: PAGE_SIZE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    yield* page.data;
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return;
  }
}

/** All that a customer ever transferred, whether it was charged, given back or still lies there. */
async function fundedBy(stripe: Stripe, customer: string, currency: string): Promise<Money> {
  let total = 0;
  for await (const { type, net_amount: net, currency: moved } of cashMovementsOf(
    stripe,
    customer,
  )) {
    const isFunding = type === 'funded' || type === 'funding_reversed';
    if (isFunding && moved === currency) total += net;
  }
  return fromStripeAmount(total, currency);
}

export const customerOf = ({ customer }: Pick<Stripe.PaymentIntent, 'customer'>): string | null =>
  typeof customer === 'string' ? customer : (customer?.id ?? null);

/**
 * What bank transfers have brought to a payment and Stripe has not charged. It charges only the
 * whole: until then the intent says how much is missing; afterwards the customer's own records say
 * what came, of which the charge is one part. Null where that is nothing.
 */
export async function uncharged(
  stripe: Stripe,
  intent: Stripe.PaymentIntent,
): Promise<Money | null> {
  const { currency, amount, next_action: next, status } = intent;
  const customer = customerOf(intent);
  if (customer === null) return null;
  const remaining = next?.display_bank_transfer_instructions?.amount_remaining;
  if (typeof remaining === 'number') {
    return positive(fromStripeAmount(amount - remaining, currency));
  }
  if (status !== 'canceled' && status !== 'succeeded') return null;
  const funded = await fundedBy(stripe, customer, currency);
  const charged = isByTransfer(intent) ? amount : 0;
  return positive(subtract(funded, fromStripeAmount(charged, currency)));
}

const positive = (amount: Money): Money | null => (amount.amountMinor > 0n ? amount : null);

const isByTransfer = ({ latest_charge: charge, status }: Stripe.PaymentIntent): boolean =>
  status === 'succeeded' &&
  charge !== null &&
  typeof charge === 'object' &&
  charge.payment_method_details?.type === 'customer_balance';
