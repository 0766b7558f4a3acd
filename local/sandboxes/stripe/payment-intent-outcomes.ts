import type { Stripe } from 'stripe';
import type { CardOutcome } from './cards.ts';
import { buildCharge, settleCharge } from './charges.ts';
import { transferToDestination } from './destination-charges.ts';
import { openDispute } from './disputes.ts';
import { type Actor, emit } from './endpoint.ts';
import { type ApiError, StripeApiError } from './errors.ts';
import type { UsedMethod } from './payment-methods.ts';

export type Decline = Extract<CardOutcome, { result: 'declined' }>;

/** The bank says yes: the payment has succeeded, or waits for its capture. */
export function approve(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const approved: Stripe.Charge = {
    ...buildCharge(world, intent, used),
    ...{ paid: true, status: 'succeeded' },
  };
  if (intent.capture_method !== 'manual') {
    world.store.insert('charge', account, approved);
    return succeed(actor, intent, { used, charge: approved });
  }
  world.store.insert('charge', account, approved);
  emit(actor, 'charge.succeeded', approved);
  const held = world.store.change('payment_intent', intent.id, {
    ...settledFields(approved, used),
    ...{ status: 'requires_capture', amount_capturable: intent.amount },
  });
  const dueOn = approved.payment_method_details?.card?.capture_before;
  if (dueOn !== undefined) world.expiries.set(held.id, { account, dueOn });
  emit(actor, 'payment_intent.amount_capturable_updated', held);
  return held;
}

const settledFields = (charge: Stripe.Charge, used: UsedMethod) => ({
  latest_charge: charge.id,
  payment_method: used.paymentMethod.id,
  last_payment_error: null,
  next_action: null,
});

/** The money has come: it is booked, and goes on where the charge was made for another account. */
export function succeed(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  made: { used: UsedMethod; charge: Stripe.Charge },
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const { used } = made;
  const settled = settleCharge(world, account, {
    object: made.charge,
    capturedMinor: BigInt(intent.amount),
    used,
  });
  const charge = world.store.change('charge', made.charge.id, {
    ...{ captured: true, paid: true, status: 'succeeded', amount_captured: intent.amount },
    balance_transaction: settled.id,
  });
  emit(actor, 'charge.succeeded', charge);
  transferToDestination(actor, intent, charge);
  const succeeded = world.store.change('payment_intent', intent.id, {
    ...settledFields(charge, used),
    ...{ status: 'succeeded', amount_received: intent.amount },
  });
  emit(actor, 'payment_intent.succeeded', succeeded);
  disputeIfTold(actor, charge, used);
  return succeeded;
}

/** Some test cards are disputed as soon as they have paid. */
export function disputeIfTold(
  actor: Actor,
  charge: Stripe.Charge,
  { instrument }: UsedMethod,
): void {
  const { outcome } = instrument;
  if (outcome.result === 'approved' && outcome.dispute) openDispute(actor, charge, outcome.dispute);
}

/** The bank says no. @returns the refusal, once what happened is recorded. */
export function decline(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { used, reason }: { used: UsedMethod; reason: Decline },
): StripeApiError {
  const { world, account } = actor;
  const charge = world.store.insert('charge', account, {
    ...buildCharge(world, intent, used),
    ...{ failure_code: reason.code, failure_message: reason.message },
  });
  const error = paymentError(reason, used, charge);
  const failed = fail(actor, intent, { charge, error });
  return new StripeApiError(402, { ...error, payment_intent: failed });
}

type PaymentError = ApiError & { type: 'card_error' };

function paymentError(
  reason: Omit<Decline, 'result'>,
  used: UsedMethod,
  charge: Stripe.Charge,
): PaymentError {
  return {
    type: 'card_error',
    charge: charge.id,
    code: reason.code,
    decline_code: reason.declineCode,
    message: reason.message,
    payment_method: used.paymentMethod,
  };
}

function fail(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { charge, error }: { charge: Stripe.Charge; error: PaymentError },
): Stripe.PaymentIntent {
  emit(actor, 'charge.failed', charge);
  const failed = actor.world.store.change('payment_intent', intent.id, {
    ...{ status: 'requires_payment_method', payment_method: null, next_action: null },
    latest_charge: charge.id,
    last_payment_error: error,
  });
  emit(actor, 'payment_intent.payment_failed', failed);
  return failed;
}

/** A debit is on its way: the charge is there, the money is not. */
export function process(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { used, settles }: { used: UsedMethod; settles: 'succeeds' | 'fails' },
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const charge = world.store.insert('charge', account, {
    ...buildCharge(world, intent, used),
    ...{ captured: true, amount_captured: intent.amount, status: 'pending' },
  });
  const processing = world.store.change('payment_intent', intent.id, {
    ...settledFields(charge, used),
    status: 'processing',
  });
  emit(actor, 'payment_intent.processing', processing);
  const dueOn = world.nowSeconds() + world.settings.debitSettlesAfterSeconds;
  world.debits.set(intent.id, { account, dueOn, settles, used });
  return processing;
}

const debitFailed: Omit<Decline, 'result'> = {
  code: 'payment_method_customer_decline',
  declineCode: 'generic_decline',
  message: 'The customer’s bank refused the debit.',
};

/** A debit's days are over: the money has come, or it will not. */
export function endDebit(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  { used, settles }: { used: UsedMethod; settles: 'succeeds' | 'fails' },
): Stripe.PaymentIntent {
  const { world, account } = actor;
  world.debits.delete(intent.id);
  const charge = world.store.find('charge', account, String(intent.latest_charge));
  if (!charge) throw new Error(`${intent.id} is processing without a charge.`);
  if (settles === 'succeeds') {
    return succeed(actor, intent, { used, charge: debitedToday(actor, charge) });
  }
  const failed = world.store.change('charge', charge.id, {
    ...{ status: 'failed', captured: false, amount_captured: 0 },
    ...{ failure_code: debitFailed.code, failure_message: debitFailed.message },
  });
  const error = paymentError(debitFailed, used, failed);
  return fail(actor, intent, { charge: failed, error });
}

/** A debit's charge says on which day the buyer's account was debited. */
function debitedToday({ world }: Actor, charge: Stripe.Charge): Stripe.Charge {
  const { payment_method_details: details } = charge;
  if (!details?.sepa_debit) return charge;
  const expected_debit_date = world.clock().toISOString().slice(0, 10);
  return world.store.change('charge', charge.id, {
    payment_method_details: {
      ...details,
      sepa_debit: { ...details.sepa_debit, expected_debit_date },
    },
  });
}

/** The buyer has to do something first. */
export function requireAction(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  facts: { used: UsedMethod; nextAction: Stripe.PaymentIntent.NextAction },
): Stripe.PaymentIntent {
  const waiting = actor.world.store.change('payment_intent', intent.id, {
    status: 'requires_action',
    payment_method: facts.used.paymentMethod.id,
    last_payment_error: null,
    next_action: facts.nextAction,
  });
  emit(actor, 'payment_intent.requires_action', waiting);
  return waiting;
}
