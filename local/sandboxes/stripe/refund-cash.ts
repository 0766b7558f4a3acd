import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { cashOf, moveCash } from './cash-balances.ts';
import { requireCustomer } from './customers.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { missing } from './parameters.ts';

type CashRefund = {
  amount?: number | undefined;
  currency?: string | undefined;
  customer?: string | undefined;
  metadata?: Metadata | null | undefined;
};

/**
 * Sends what a customer transferred, and no payment has used, back to the bank account that it came
 * from. It never was on the platform's balance, so there is no balance transaction.
 * @throws StripeApiError 400 where less lies on the cash balance.
 */
export function refundCash(actor: Actor, given: CashRefund): Stripe.Refund {
  const { amount, currency, customer } = given;
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
  });
  moveCash(actor, {
    ...{ customer, currency, amountMinor: -BigInt(amount) },
    detail: { type: 'return_initiated' },
  });
  emit(actor, 'refund.created', refund);
  return refund;
}
