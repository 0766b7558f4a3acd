import type { Stripe } from 'stripe';
import { checkChargeAmount, checkCurrency } from './amounts.ts';
import { reconsiderTransfers } from './bank-transfers.ts';
import { requireCustomer } from './customers.ts';
import type { Actor } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { mergeMetadata } from './metadata.ts';
import { shippingOf } from './payment-intent-create.ts';
import type { UpdateValues } from './payment-intent-parameters.ts';
import { takePaymentMethod } from './payment-methods.ts';

const amountIsOpen = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/**
 * Changes what may still be changed.
 * @throws StripeApiError 400 payment_intent_unexpected_state for an amount that is settled.
 */
export function updatePaymentIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  given: UpdateValues,
): Stripe.PaymentIntent {
  const { world, account } = actor;
  if (given.customer !== undefined) {
    requireCustomer(actor, given.customer, { param: 'customer', status: 400 });
  }
  const changes: Partial<Stripe.PaymentIntent> = {
    metadata: mergeMetadata(intent.metadata, given.metadata),
  };
  const { amount = intent.amount, currency = intent.currency } = given;
  if (amount !== intent.amount || currency !== intent.currency) {
    refuseSettledAmount(intent);
    checkCurrency(world, currency);
    const types = intent.payment_method_types;
    checkChargeAmount(world, { amount, currency, account, types });
    Object.assign(changes, { amount, currency });
  }
  for (const name of freelyChanged) {
    if (given[name] !== undefined) Object.assign(changes, { [name]: given[name] });
  }
  if (given.shipping) changes.shipping = shippingOf(given);
  if (given.payment_method !== undefined) {
    refuseSettledAmount(intent);
    const used = takePaymentMethod(world, account, given.payment_method);
    Object.assign(changes, { payment_method: used.paymentMethod.id });
    changes.status = 'requires_confirmation';
  }
  const changed = world.store.change('payment_intent', intent.id, changes);
  return amount < intent.amount ? reconsiderTransfers(actor, changed) : changed;
}

const freelyChanged = [
  ...([
    'customer',
    'description',
    'receipt_email',
    'setup_future_usage',
    'transfer_group',
  ] as const),
  ...(['statement_descriptor', 'statement_descriptor_suffix'] as const),
];

function refuseSettledAmount(intent: Stripe.PaymentIntent): void {
  if (amountIsOpen.includes(intent.status)) return;
  throw invalidRequest(
    `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: intent },
  );
}
