import { money } from '../../../src/money/money.ts';
import type { StripeCash } from '../world.ts';
import { invalidRequest } from './stripe-errors.ts';
import { capture, intentOf } from './stripe-intents.ts';
import { movable } from './stripe-money.ts';
import type { Intent, StripeState } from './stripe-state.ts';

/** What a customer has transferred and no payment uses, in minor units. */
export const cashOf = ({ cash }: StripeState, customerId: string): bigint =>
  cash
    .filter((moved) => moved.customerId === customerId)
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

function move(
  state: StripeState,
  { customerId, amount: { currency } }: Intent,
  { type, amountMinor }: { readonly type: StripeCash['type']; readonly amountMinor: bigint },
): void {
  const atMs = state.sim.scheduler.nowMs();
  const amount = money(currency, amountMinor);
  state.cash.push({ customerId: customerId ?? '', type, amount, atMs });
}

/**
 * The buyer sends so much by bank transfer. A payment that waits for it takes what it needs, and is
 * charged once it has all of it; the rest stays on the cash balance.
 */
export function transferIn(
  state: StripeState,
  intentId: string,
  amountMinor: bigint,
): 'part' | 'paid' | 'unused' {
  const intent = intentOf(state, intentId);
  const { customerId, amount } = intent;
  if (customerId === null) throw invalidRequest('customer_missing');
  move(state, intent, { type: 'funded', amountMinor });
  const isOpen = intent.status === 'requires_payment_method' || intent.status === 'requires_action';
  const missingMinor = amount.amountMinor - intent.appliedMinor;
  const takenMinor = amountMinor < missingMinor ? amountMinor : missingMinor;
  if (isOpen) {
    intent.appliedMinor += takenMinor;
    move(state, intent, { type: 'applied_to_payment', amountMinor: -takenMinor });
  }
  if (!isOpen || takenMinor < amountMinor) tellOfCash(state, customerId);
  if (!isOpen) return 'unused';
  if (takenMinor === missingMinor) {
    intent.paidBy = 'customer_balance';
    capture(state, intent);
    return 'paid';
  }
  intent.status = 'requires_action';
  const type = 'payment_intent.partially_funded';
  state.tell({ type, objectId: intent.id, object: { id: intent.id } });
  return 'part';
}

const tellOfCash = ({ tell }: StripeState, customer: string): void =>
  tell({
    type: 'cash_balance.funds_available',
    objectId: customer,
    object: { object: 'cash_balance', customer },
  });

/** What a canceled payment had is the customer's cash again. */
function unapply(state: StripeState, intent: Intent): void {
  const { appliedMinor } = intent;
  if (appliedMinor === 0n) return;
  move(state, intent, { type: 'unapplied_from_payment', amountMinor: appliedMinor });
  intent.appliedMinor = 0n;
}

const CANCELABLE: ReadonlySet<Intent['status']> = new Set([
  'requires_payment_method',
  'requires_action',
]);

/** @throws where the payment can no longer be called off. */
export function cancel(state: StripeState, intentId: string): Intent {
  const intent = intentOf(state, intentId);
  if (!CANCELABLE.has(intent.status)) throw invalidRequest('payment_intent_unexpected_state');
  intent.status = 'canceled';
  unapply(state, intent);
  state.tell({ type: 'payment_intent.canceled', objectId: intent.id, object: { id: intent.id } });
  return intent;
}

/**
 * A payment that waits is of less now: it is charged where transfers have paid that already, and what they
 * brought beyond it is the customer's cash again.
 *
 * @throws where the payment does not wait any more.
 */
export function lower(state: StripeState, intentId: string, amountMinor: bigint): Intent {
  const intent = intentOf(state, intentId);
  if (!CANCELABLE.has(intent.status)) throw invalidRequest('payment_intent_unexpected_state');
  intent.amount = movable(money(intent.amount.currency, amountMinor));
  const beyondMinor = intent.appliedMinor - amountMinor;
  if (beyondMinor < 0n) return intent;
  if (beyondMinor > 0n) {
    move(state, intent, { type: 'unapplied_from_payment', amountMinor: beyondMinor });
    tellOfCash(state, intent.customerId ?? '');
  }
  intent.appliedMinor = amountMinor;
  intent.paidBy = 'customer_balance';
  capture(state, intent);
  return intent;
}

/** A refund of a charge that transfers had paid is the customer's cash again. */
export function refundToCash(state: StripeState, intent: Intent, amountMinor: bigint): void {
  move(state, intent, { type: 'refunded_from_payment', amountMinor });
  tellOfCash(state, intent.customerId ?? '');
}

/** @throws where less lies on the cash balance. */
export function takeCash(state: StripeState, customerId: string, amountMinor: bigint): Intent {
  const intent = [...state.intents.values()].find((one) => one.customerId === customerId);
  if (intent === undefined) throw invalidRequest('resource_missing');
  if (cashOf(state, customerId) < amountMinor) throw invalidRequest('parameter_invalid_integer');
  move(state, intent, { type: 'return_initiated', amountMinor: -amountMinor });
  return intent;
}
