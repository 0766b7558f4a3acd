import type { Stripe } from 'stripe';
import { balanceTransactionOf } from './charges.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { idOf } from './references.ts';
import { takeCashBack } from './refund-cash.ts';

const WAITING: ReadonlySet<string> = new Set(['pending', 'requires_action']);

/**
 * The bank takes a refund that was on its way, or whose account the customer has now named.
 * @throws StripeApiError 400 for one that does not wait.
 */
export function completeRefund(actor: Actor, refund: Stripe.Refund): Stripe.Refund {
  if (!WAITING.has(refund.status ?? '')) throw unexpected(refund, 'completed');
  const completed = actor.world.store.change('refund', refund.id, { status: 'succeeded' });
  announceRefund(actor, completed, { status: refund.status });
  return completed;
}

/**
 * Nobody has named a bank account in time: Stripe cancels the refund, and the money is the
 * customer's cash again.
 * @throws StripeApiError 400 for one that asks nobody for anything.
 */
export function expireRefund(actor: Actor, refund: Stripe.Refund): Stripe.Refund {
  if (refund.status !== 'requires_action') throw unexpected(refund, 'expired');
  takeCashBack(actor, refund);
  const canceled = actor.world.store.change('refund', refund.id, { status: 'canceled' });
  announceRefund(actor, canceled, { status: refund.status });
  return canceled;
}

/**
 * The bank sends a refund back, perhaps weeks after it was made: the money is where it came from
 * again, and a charge is as if the refund had never been.
 * @throws StripeApiError 400 for one that failed or was canceled before.
 */
export function failRefund(
  actor: Actor,
  refund: Stripe.Refund,
  reason = 'expired_or_canceled_card',
): Stripe.Refund {
  const { status } = refund;
  if (status !== 'succeeded' && !WAITING.has(status ?? '')) throw unexpected(refund, 'failed');
  const isCash = refund.charge === null;
  if (isCash) takeCashBack(actor, refund);
  const given = isCash ? {} : giveBack(actor, refund);
  const failed = actor.world.store.change('refund', refund.id, {
    ...{ status: 'failed', failure_reason: reason, ...given },
  });
  emit(actor, 'refund.failed', failed, { status: refund.status });
  announceRefund(actor, failed, { status: refund.status });
  return failed;
}

/** A charge's refund that came back is on the balance again. */
function giveBack(
  actor: Actor,
  refund: Stripe.Refund,
): Pick<Stripe.Refund, 'failure_balance_transaction'> {
  const { world, account } = actor;
  const taken = balanceTransactionOf(world, refund);
  const returned = world.ledger.post({
    ...{ account, currency: taken.currency, amountMinor: BigInt(-taken.amount) },
    ...{ type: 'refund_failure', reportingCategory: 'refund_failure', source: refund.id },
    description: `REFUND FAILURE (${idOf(refund.charge)})`,
    availableOn: world.nowSeconds(),
    exchangeRate: taken.exchange_rate,
  });
  unmark(actor, refund);
  return { failure_balance_transaction: returned.id };
}

function unmark({ world, account }: Actor, refund: Stripe.Refund): void {
  const charge = world.store.find('charge', account, idOf(refund.charge) ?? '');
  if (!charge) return;
  const amount_refunded = charge.amount_refunded - refund.amount;
  world.store.change('charge', charge.id, { amount_refunded, refunded: false });
}

/** One change has two names at Stripe: the older `charge.refund.updated` is still sent. */
export function announceRefund(
  actor: Actor,
  refund: Stripe.Refund,
  before: Record<string, unknown>,
): void {
  emit(actor, 'refund.updated', refund, before);
  emit(actor, 'charge.refund.updated', refund, before);
}

const unexpected = ({ id, status }: Stripe.Refund, wanted: string) =>
  invalidRequest(`Refund ${id} can not be ${wanted}: its status is ${status}.`);
