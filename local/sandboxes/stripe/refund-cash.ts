import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { cashOf, moveCash } from './cash-balances.ts';
import { requireCustomer } from './customers.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { missing } from './parameters.ts';
import { idOf } from './references.ts';

type CashRefund = {
  amount?: number | undefined;
  currency?: string | undefined;
  customer?: string | undefined;
  /** Where Stripe asks for the customer's bank account, which it then does not know. */
  instructions_email?: string | undefined;
  metadata?: Metadata | null | undefined;
};

const SECONDS_PER_DAY = 24 * 60 * 60;
/** How long a customer has to name a bank account (docs: payments/customer-balance/refunding). */
const DAYS_TO_ANSWER = 45;

/**
 * Sends what a customer transferred, and no payment has used, back to the bank account that it came
 * from. It never was on the platform's balance, so there is no balance transaction. Where the account has to be asked for by email, the refund waits.
 * @throws StripeApiError 400 where less lies on the cash balance.
 */
export function refundCash(actor: Actor, given: CashRefund): Stripe.Refund {
  const { amount, currency, customer, instructions_email } = given;
  if (customer === undefined) throw missing('customer');
  if (currency === undefined) throw missing('currency');
  if (amount === undefined) throw missing('amount');
  const { world, account } = actor;
  requireCustomer(actor, customer, { param: 'customer', status: 400 });
  checkPositive(amount, 'amount');
  if (cashOf(world, customer, currency) < BigInt(amount)) {
    throw invalidRequest('The customer’s cash balance does not cover this amount.', {
      param: 'amount',
    });
  }
  const refund = world.store.insert('refund', account, {
    ...{ id: world.ids.next('re'), object: 'refund', amount, currency, customer },
    ...{ balance_transaction: null, charge: null, payment_intent: null, payment_method: null },
    created: world.nowSeconds(),
    customer_account: null,
    metadata: mergeMetadata({}, given.metadata),
    ...{ reason: null, receipt_number: null, source_transfer_reversal: null },
    ...{ status: 'succeeded', transfer_reversal: null },
    ...(instructions_email !== undefined && askedFor(instructions_email, world.nowSeconds())),
  });
  const dueOn = refund.next_action?.display_details?.expires_at;
  if (dueOn !== undefined) world.expiries.set(refund.id, { account, dueOn });
  moveCash(actor, {
    ...{ customer, currency, amountMinor: -BigInt(amount) },
    detail: { type: 'return_initiated' },
  });
  emit(actor, 'refund.created', refund);
  return refund;
}

const askedFor = (
  email: string,
  now: number,
): Pick<Stripe.Refund, 'instructions_email' | 'next_action' | 'status'> => ({
  status: 'requires_action',
  instructions_email: email,
  next_action: {
    type: 'display_details',
    display_details: {
      email_sent: { email_sent_at: now, email_sent_to: email },
      expires_at: now + DAYS_TO_ANSWER * SECONDS_PER_DAY,
    },
  },
});

/** The money of a refund that did not go through is the customer's cash again. */
export function takeCashBack(actor: Actor, refund: Stripe.Refund): void {
  const customer = idOf(refund.customer);
  if (customer === null) throw new Error(`${refund.id} has no customer.`);
  moveCash(actor, {
    ...{ customer, currency: refund.currency, amountMinor: BigInt(refund.amount) },
    detail: { type: 'return_canceled' },
  });
}
