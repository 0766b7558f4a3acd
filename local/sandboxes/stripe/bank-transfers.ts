import type { Stripe } from 'stripe';
import { checkPositive } from './amounts.ts';
import { cashBalance, cashOf, moveCash, transferTypeOf } from './cash-balances.ts';
import { buildCharge } from './charges.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { missing } from './parameters.ts';
import { requirePaymentIntent } from './payment-intent-access.ts';
import { requireAction, succeed } from './payment-intent-outcomes.ts';
import { bankTransferMethod, takePaymentMethod, type UsedMethod } from './payment-methods.ts';
import { idOf } from './references.ts';

/**
 * Pays with what the customer has sent, and waits for what is missing.
 * @throws StripeApiError 400 without a customer, whose cash it would be.
 */
export function payByTransfer(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.PaymentIntent {
  if (intent.customer === null) throw missing('customer');
  const byHand = actor.world.reconciledByHand.has(idOf(intent.customer) ?? '');
  return byHand ? askForTransfer(actor, intent, used) : useCash(actor, intent, used);
}

function useCash(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.PaymentIntent {
  return applyCash(actor, intent, used) ?? askForTransfer(actor, intent, used);
}

/** How much of an intent its customer's transfers have paid. */
const appliedTo = ({ world }: Actor, intent: Stripe.PaymentIntent): bigint =>
  world.applied.get(intent.id) ?? 0n;

/** What transfers had paid of an intent that was canceled is the customer's cash again. */
export function returnTransfers(actor: Actor, intent: Stripe.PaymentIntent): void {
  const amountMinor = appliedTo(actor, intent);
  const customer = idOf(intent.customer);
  if (amountMinor === 0n || customer === null) return;
  actor.world.applied.delete(intent.id);
  moveCash(actor, {
    ...{ customer, currency: intent.currency, amountMinor },
    detail: {
      type: 'unapplied_from_payment',
      unapplied_from_payment: { payment_intent: intent.id },
    },
  });
}

/** Uses the customer's cash for an intent; undefined where something is still missing. */
function applyCash(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.PaymentIntent | undefined {
  const { world, account } = actor;
  const { currency } = intent;
  const customer = idOf(intent.customer) ?? '';
  const missingMinor = BigInt(intent.amount) - appliedTo(actor, intent);
  const cash = cashOf(world, customer, currency);
  const takenMinor = cash < missingMinor ? cash : missingMinor;
  if (takenMinor > 0n) {
    world.applied.set(intent.id, appliedTo(actor, intent) + takenMinor);
    moveCash(actor, {
      ...{ customer, currency, amountMinor: -takenMinor },
      detail: {
        type: 'applied_to_payment',
        applied_to_payment: { payment_intent: intent.id },
      },
    });
  }
  if (takenMinor < missingMinor) return undefined;
  const charge = world.store.insert('charge', account, buildCharge(world, intent, used));
  return succeed(actor, intent, { used, charge });
}

/**
 * An intent that waits for transfers is of less now: what has come may be enough, and what is too much is the
 * customer's cash again. No page of Stripe's says so; it is what its parts promise.
 */
export function reconsiderTransfers(
  actor: Actor,
  intent: Stripe.PaymentIntent,
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const customer = idOf(intent.customer) ?? '';
  if (!isWaitingFor(intent, { customer, currency: intent.currency })) return intent;
  const used = takePaymentMethod(world, account, idOf(intent.payment_method) ?? '');
  returnTransfers(actor, intent);
  return payByTransfer(actor, intent, used);
}

function askForTransfer(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  used: UsedMethod,
): Stripe.PaymentIntent {
  const { currency } = intent;
  const applied = appliedTo(actor, intent);
  const nextAction: Stripe.PaymentIntent.NextAction = {
    type: 'display_bank_transfer_instructions',
    display_bank_transfer_instructions: {
      amount_remaining: intent.amount - Number(applied),
      currency,
      financial_addresses: [],
      hosted_instructions_url: null,
      reference: intent.id.slice(-12).toUpperCase(),
      type: transferTypeOf(currency),
    },
  };
  const waiting = requireAction(actor, intent, { used, nextAction });
  if (applied > 0n) emit(actor, 'payment_intent.partially_funded', waiting);
  return waiting;
}

/**
 * A transfer of the customer's arrives, and pays what waits for it, the oldest first. What is left
 * stays on the cash balance.
 */
export function fundCashBalance(
  actor: Actor,
  transfer: { customer: string; amount: number; currency: string; reference: string | null },
): Stripe.CustomerCashBalanceTransaction {
  const { world, account } = actor;
  const { customer, amount, currency, reference } = transfer;
  checkPositive(amount, 'amount');
  const funded = moveCash(actor, {
    ...{ customer, currency, amountMinor: BigInt(amount) },
    detail: {
      type: 'funded',
      funded: { bank_transfer: { reference, type: transferTypeOf(currency) } },
    },
  });
  const waiting = world.store
    .list('payment_intent', account)
    .filter((intent) => isWaitingFor(intent, { customer, currency }))
    .reverse();
  for (const intent of waiting) {
    if (cashOf(world, customer, currency) === 0n || world.reconciledByHand.has(customer)) break;
    const used = takePaymentMethod(world, account, idOf(intent.payment_method) ?? '');
    payByTransfer(actor, intent, used);
  }
  if (cashOf(world, customer, currency) > 0n) {
    emit(actor, 'cash_balance.funds_available', cashBalance(world, customer));
  }
  return funded;
}

/** A buyer chooses to pay by bank transfer, and sends so much. What is too much, or too late, is cash. */
export function transferFor(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  amount: number,
): Stripe.PaymentIntent {
  const { id, currency } = intent;
  const customer = idOf(intent.customer);
  if (customer === null) throw missing('customer');
  if (intent.status === 'requires_payment_method') {
    payByTransfer(actor, intent, bankTransferMethod(actor));
  }
  fundCashBalance(actor, { customer, amount, currency, reference: null });
  return requirePaymentIntent(actor, id);
}

const isWaitingFor = (
  intent: Stripe.PaymentIntent,
  { customer, currency }: { customer: string; currency: string },
): boolean =>
  intent.status === 'requires_action' &&
  intent.next_action?.type === 'display_bank_transfer_instructions' &&
  intent.customer === customer &&
  intent.currency === currency;

/**
 * Reconciles by hand: uses cash for an intent that waits for it.
 * @throws StripeApiError 400 where it does not wait, or less cash is there than was asked for.
 */
export function applyToIntent(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  amount: number | undefined,
): Stripe.PaymentIntent {
  const { world, account } = actor;
  const { currency } = intent;
  const customer = idOf(intent.customer) ?? '';
  if (!isWaitingFor(intent, { customer, currency })) {
    throw invalidRequest(
      `This PaymentIntent can not be paid from a cash balance: its status is ${intent.status}.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  }
  if (cashOf(world, customer, currency) < BigInt(amount ?? 1)) {
    throw invalidRequest('The customer’s cash balance does not cover this amount.', {
      param: 'amount',
    });
  }
  const used = takePaymentMethod(world, account, idOf(intent.payment_method) ?? '');
  return useCash(actor, intent, used);
}
