import type { Stripe } from 'stripe';
import { emptyBillingDetails } from './payment-methods.ts';
import { platformApplication } from './references.ts';
import type { World } from './world.ts';

/** The `py_` charge that a transfer is on the account that receives it. */
export function buildDestinationPayment(
  world: World,
  facts: { amount: number; currency: string; transferId: string },
): Stripe.Charge {
  return {
    id: world.ids.next('py'),
    object: 'charge',
    amount: facts.amount,
    amount_captured: facts.amount,
    amount_refunded: 0,
    application: platformApplication,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: emptyBillingDetails(),
    calculated_statement_descriptor: null,
    captured: true,
    created: world.nowSeconds(),
    currency: facts.currency,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: { stripe_account: {}, type: 'stripe_account' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: facts.transferId,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

/** The `pyr_` refund that a transfer reversal is on the account it takes the money from. */
export function buildDestinationRefund(
  world: World,
  facts: { id: string; payment: Stripe.Charge; amount: number; reversalId: string },
): Stripe.Refund {
  return {
    id: facts.id,
    object: 'refund',
    amount: facts.amount,
    balance_transaction: null,
    charge: facts.payment.id,
    created: world.nowSeconds(),
    currency: facts.payment.currency,
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: facts.reversalId,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
