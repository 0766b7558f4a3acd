import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { returnTransfers } from './bank-transfers.ts';
import { settleCharge } from './charges.ts';
import { transferToDestination } from './destination-charges.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { disputeIfTold } from './payment-intent-outcomes.ts';
import { takePaymentMethod } from './payment-methods.ts';
import { idOf } from './references.ts';
import { releaseAuthorization } from './refunds.ts';

/**
 * Takes an authorized payment, in whole or in part; what is not taken goes back to the buyer.
 * @throws StripeApiError 400 payment_intent_unexpected_state or amount_too_large.
 */
export function capturePaymentIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  amountToCapture: number | undefined,
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const charge = authorizedCharge(actor, intent);
  const amount = amountToCapture ?? intent.amount_capturable;
  checkPositive(amount, 'amount_to_capture');
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount to capture (${amount}) is greater than the capturable amount ` +
        `(${intent.amount_capturable}).`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  const method = takePaymentMethod(world, account, idOf(intent.payment_method) ?? '');
  const settled = settleCharge(world, account, {
    object: charge,
    capturedMinor: BigInt(amount),
    used: method,
  });
  const captured = world.store.change('charge', charge.id, {
    captured: true,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    balance_transaction: settled.id,
  });
  emit(actor, 'charge.captured', captured);
  transferToDestination(actor, intent, captured);
  const succeeded = world.store.change('payment_intent', intent.id, {
    ...{ status: 'succeeded', amount_capturable: 0, amount_received: amount },
  });
  emit(actor, 'payment_intent.succeeded', succeeded);
  disputeIfTold(actor, captured, method);
  return succeeded;
}

function authorizedCharge(actor: Actor, intent: Stripe.PaymentIntent): Stripe.Charge {
  const charge = actor.world.store.find('charge', actor.account, idOf(intent.latest_charge) ?? '');
  if (intent.status === 'requires_capture' && charge) return charge;
  const message =
    intent.status === 'succeeded'
      ? 'This PaymentIntent could not be captured because it has already been captured.'
      : `This PaymentIntent could not be captured because it has a status of ${intent.status}. ` +
        'Only a PaymentIntent with one of the following statuses may be captured: requires_capture.';
  throw invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
  });
}

const cancelable = [
  ...['requires_payment_method', 'requires_capture', 'requires_confirmation'],
  ...['requires_action', 'processing'],
];

type CancellationReason = NonNullable<Stripe.PaymentIntent['cancellation_reason']>;

/**
 * Ends an intent that took no money, and gives an authorization back.
 * @throws StripeApiError 400 payment_intent_unexpected_state.
 */
export function cancelPaymentIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  reason: CancellationReason | undefined,
): Stripe.PaymentIntent {
  if (!cancelable.includes(intent.status)) {
    throw invalidRequest(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a ` +
        `PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  if (intent.status === 'requires_capture') {
    releaseAuthorization(actor, authorizedCharge(actor, intent));
  }
  return close(actor, intent, reason ?? null);
}

/** Nobody has captured an authorization in time: the card network gives it back. */
export function expireAuthorization(
  actor: Actor,
  intent: Stripe.PaymentIntent,
): Stripe.PaymentIntent {
  const charge = authorizedCharge(actor, intent);
  const released = { amount_refunded: charge.amount, refunded: true };
  emit(actor, 'charge.expired', actor.world.store.change('charge', charge.id, released));
  return close(actor, intent, 'automatic');
}

function close(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  reason: CancellationReason | null,
): Stripe.PaymentIntent {
  const canceled = actor.world.store.change('payment_intent', intent.id, {
    ...{ status: 'canceled', amount_capturable: 0, next_action: null },
    canceled_at: actor.world.nowSeconds(),
    cancellation_reason: reason,
  });
  returnTransfers(actor, canceled);
  emit(actor, 'payment_intent.canceled', canceled);
  return canceled;
}
