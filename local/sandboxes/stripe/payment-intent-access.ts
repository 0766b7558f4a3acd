import type { Stripe } from 'stripe';
import type { Actor, Call } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';

/** @throws StripeApiError 404 resource_missing. */
export function requirePaymentIntent(actor: Actor, id: string): Stripe.PaymentIntent {
  const intent = actor.world.store.find('payment_intent', actor.account, id);
  if (intent) return intent;
  throw resourceMissing({ what: 'payment_intent', id, param: 'intent' });
}

/** The intent named in the path, where the caller may see it. */
export function intentOf(call: Call, clientSecret?: string): Stripe.PaymentIntent {
  const intent = requirePaymentIntent(call, call.path['id'] ?? '');
  const mustMatch = call.publishable || clientSecret !== undefined;
  if (!mustMatch || clientSecret === intent.client_secret) return intent;
  throw invalidRequest(
    'The client_secret provided does not match any associated PaymentIntent on this account.',
    { code: 'payment_intent_invalid_parameter', param: 'client_secret' },
  );
}

/** What a buyer's browser may see: neither metadata nor the charge. */
const publicFields = [
  ...(['id', 'object', 'amount', 'amount_details', 'automatic_payment_methods'] as const),
  ...(['canceled_at', 'cancellation_reason', 'capture_method', 'client_secret'] as const),
  ...(['confirmation_method', 'created', 'currency', 'description'] as const),
  ...(['last_payment_error', 'livemode', 'next_action', 'payment_method'] as const),
  ...(['payment_method_configuration_details', 'payment_method_types'] as const),
  ...(['processing', 'receipt_email', 'setup_future_usage', 'shipping'] as const),
  ...(['source', 'status'] as const),
];

export function view(call: Call, intent: Stripe.PaymentIntent): object {
  if (!call.publishable) return intent;
  return Object.fromEntries(publicFields.map((name) => [name, intent[name]]));
}
