import type { Stripe } from 'stripe';
import { payByTransfer } from './bank-transfers.ts';
import type { Actor } from './endpoint.ts';
import { invalidRequest, type StripeApiError } from './errors.ts';
import { missing } from './parameters.ts';
import {
  approve,
  type Decline,
  decline,
  process,
  requireAction,
} from './payment-intent-outcomes.ts';
import { takePaymentMethod, type UsedMethod } from './payment-methods.ts';
import { idOf } from './references.ts';

export type Confirmation = {
  paymentMethod?: string | undefined;
  returnUrl?: string | undefined;
  /** The buyer is not there to authenticate, so a card that asks for it is declined. */
  offSession?: boolean | undefined;
};

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/**
 * Tries the payment: it succeeds, waits for capture, waits for the buyer's authentication, or is
 * declined and goes back to `requires_payment_method`.
 * @throws StripeApiError 402 card_error when the bank declines, 400
 * payment_intent_unexpected_state where the intent can't be confirmed.
 */
export function confirmPaymentIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  confirmation: Confirmation,
): Stripe.PaymentIntent {
  checkConfirmable(intent);
  const method = confirmation.paymentMethod ?? idOf(intent.payment_method);
  if (method === null) throw methodMissing(intent);
  if (actor.world.redirecting.has(intent.id) && confirmation.returnUrl === undefined) {
    throw returnUrlMissing();
  }
  const used = takePaymentMethod(actor.world, actor.account, method);
  return carryOut(actor, intent, { used, confirmation });
}

function carryOut(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { used, confirmation }: { used: UsedMethod; confirmation: Confirmation },
): Stripe.PaymentIntent {
  const { outcome } = used.instrument;
  switch (outcome.result) {
    case 'approved':
      return approve(actor, intent, used);
    case 'declined':
      throw decline(actor, intent, { used, reason: outcome });
    case 'processing':
      if (!actor.world.mandates.has(intent.id)) throw missing('mandate_data');
      return process(actor, intent, { used, settles: outcome.settles });
    case 'cash':
      return payByTransfer(actor, intent, used);
    case 'redirected':
      if (confirmation.returnUrl === undefined) throw returnUrlMissing();
      return requireAction(actor, intent, {
        used,
        nextAction: redirection(confirmation.returnUrl),
      });
    default:
      if (confirmation.offSession) {
        throw decline(actor, intent, { used, reason: authenticationRequired });
      }
      return requireAction(actor, intent, {
        used,
        nextAction: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
      });
  }
}

const redirection = (returnUrl: string): Stripe.PaymentIntent.NextAction => ({
  type: 'redirect_to_url',
  redirect_to_url: { return_url: returnUrl, url: 'https://hooks.stripe.com/redirect/sandbox' },
});

/** What the buyer does where an intent waits for authentication: the bank is satisfied. */
export function authenticatePaymentIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
): Stripe.PaymentIntent {
  const method = idOf(intent.payment_method);
  if (method === null) throw methodMissing(intent);
  return approve(actor, intent, takePaymentMethod(actor.world, actor.account, method));
}

const authenticationRequired: Decline = {
  result: 'declined',
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

function checkConfirmable(intent: Stripe.PaymentIntent): void {
  if (confirmable.includes(intent.status)) return;
  const message =
    intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being ' +
        'previously confirmed.'
      : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only ` +
        `a PaymentIntent with one of the following statuses may be confirmed: ${confirmable.join(', ')}.`;
  throw invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
  });
}

/** The intent is left out where it was not created for want of a payment method. */
export function methodMissing(intent?: Stripe.PaymentIntent): StripeApiError {
  return invalidRequest(
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either " +
      'update the PaymentIntent with a payment method and then confirm it again, or confirm it ' +
      'again directly with a payment method or ConfirmationToken.',
    { code: 'payment_intent_unexpected_state', ...(intent && { payment_intent: intent }) },
  );
}

/** Payment methods that may redirect the buyer need somewhere to come back to. */
export function returnUrlMissing(): StripeApiError {
  return invalidRequest(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. ' +
      'Because some of these payment methods might redirect your customer off of your page, you ' +
      "must provide a `return_url`. If you don't want to accept redirect-based payment methods, " +
      'set `automatic_payment_methods[enabled]` to `true` and ' +
      '`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and ' +
      'Payment Intents.',
    { param: 'return_url' },
  );
}
