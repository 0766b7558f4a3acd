import type { Stripe } from 'stripe';
import type { CardOutcome } from './cards.ts';
import { buildCardCharge, settleCharge } from './charges.ts';
import { openDispute } from './disputes.ts';
import { type Actor, emit } from './endpoint.ts';
import { type ApiError, invalidRequest, StripeApiError } from './errors.ts';
import { takePaymentMethod, type UsedCard } from './payment-methods.ts';
import { idOf } from './references.ts';

export type Confirmation = {
  paymentMethod?: string | undefined;
  returnUrl?: string | undefined;
  /** The buyer is not there to authenticate, so a card that asks for it is declined. */
  offSession?: boolean | undefined;
};

type Decline = Extract<CardOutcome, { result: 'declined' }>;

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
  const { outcome } = used.card;
  if (outcome.result === 'approved') return approve(actor, intent, used);
  if (outcome.result === 'declined') throw decline(actor, intent, { used, reason: outcome });
  if (confirmation.offSession) {
    throw decline(actor, intent, { used, reason: authenticationRequired });
  }
  return requireAction(actor, intent, used);
}

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

function approve(actor: Actor, intent: Stripe.PaymentIntent, used: UsedCard): Stripe.PaymentIntent {
  const { world, account } = actor;
  const approved: Stripe.Charge = {
    ...buildCardCharge(world, intent, used),
    ...{ paid: true, status: 'succeeded' },
  };
  const changes = {
    latest_charge: approved.id,
    payment_method: used.paymentMethod.id,
    last_payment_error: null,
    next_action: null,
  };
  if (intent.capture_method === 'manual') {
    world.store.insert('charge', account, approved);
    emit(actor, 'charge.succeeded', approved);
    const held = world.store.change('payment_intent', intent.id, {
      ...changes,
      ...{ status: 'requires_capture', amount_capturable: intent.amount },
    });
    emit(actor, 'payment_intent.amount_capturable_updated', held);
    return held;
  }
  const settled = settleCharge(world, account, {
    object: approved,
    capturedMinor: BigInt(approved.amount),
    bypassPending: bypassesPending(used),
  });
  const charge = world.store.insert('charge', account, {
    ...approved,
    ...{ captured: true, amount_captured: approved.amount, balance_transaction: settled.id },
  });
  emit(actor, 'charge.succeeded', charge);
  const succeeded = world.store.change('payment_intent', intent.id, {
    ...changes,
    ...{ status: 'succeeded', amount_received: intent.amount },
  });
  emit(actor, 'payment_intent.succeeded', succeeded);
  disputeIfTold(actor, charge, used);
  return succeeded;
}

/** Some test cards are disputed as soon as they have paid. */
export function disputeIfTold(actor: Actor, charge: Stripe.Charge, { card }: UsedCard): void {
  const { outcome } = card;
  if (outcome.result === 'approved' && outcome.dispute) openDispute(actor, charge, outcome.dispute);
}

/** Whether the card's funds skip the pending balance, as one test card's do. */
export function bypassesPending({ card }: UsedCard): boolean {
  return card.outcome.result === 'approved' && card.outcome.bypassPending === true;
}

function decline(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { used, reason }: { used: UsedCard; reason: Decline },
): StripeApiError {
  const { world, account } = actor;
  const charge = world.store.insert('charge', account, {
    ...buildCardCharge(world, intent, used),
    ...{ failure_code: reason.code, failure_message: reason.message },
  });
  emit(actor, 'charge.failed', charge);
  const error: ApiError & { type: 'card_error' } = {
    type: 'card_error',
    charge: charge.id,
    code: reason.code,
    decline_code: reason.declineCode,
    message: reason.message,
    payment_method: used.paymentMethod,
  };
  const failed = world.store.change('payment_intent', intent.id, {
    ...{ status: 'requires_payment_method', payment_method: null, next_action: null },
    latest_charge: charge.id,
    last_payment_error: error,
  });
  emit(actor, 'payment_intent.payment_failed', failed);
  return new StripeApiError(402, { ...error, payment_intent: failed });
}

function requireAction(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedCard,
): Stripe.PaymentIntent {
  const waiting = actor.world.store.change('payment_intent', intent.id, {
    status: 'requires_action',
    payment_method: used.paymentMethod.id,
    last_payment_error: null,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
  });
  emit(actor, 'payment_intent.requires_action', waiting);
  return waiting;
}

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
