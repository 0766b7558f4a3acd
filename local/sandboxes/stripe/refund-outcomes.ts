import type { Stripe } from 'stripe';
import { balanceTransactionOf } from './charges.ts';
import { type Actor, emit } from './endpoint.ts';
import { invalidRequest } from './errors.ts';
import { idOf } from './references.ts';

/**
 * The bank takes a refund that was on its way.
 * @throws StripeApiError 400 for one that is not pending.
 */
export function completeRefund(actor: Actor, refund: Stripe.Refund): Stripe.Refund {
  if (refund.status !== 'pending') throw unexpected(refund, 'completed');
  const completed = actor.world.store.change('refund', refund.id, { status: 'succeeded' });
  announceRefund(actor, completed, { status: refund.status });
  return completed;
}

/**
 * The bank sends a refund back, perhaps weeks after it was made: the money is on the balance
 * again, and the charge is as if the refund had never been.
 * @throws StripeApiError 400 for one that failed or was canceled before.
 */
export function failRefund(
  actor: Actor,
  refund: Stripe.Refund,
  reason = 'expired_or_canceled_card',
): Stripe.Refund {
  if (!['pending', 'succeeded'].includes(refund.status ?? '')) throw unexpected(refund, 'failed');
  const { world, account } = actor;
  const taken = balanceTransactionOf(world, refund);
  const returned = world.ledger.post({
    ...{ account, currency: taken.currency, amountMinor: BigInt(-taken.amount) },
    ...{ type: 'refund_failure', reportingCategory: 'refund_failure', source: refund.id },
    description: `REFUND FAILURE (${idOf(refund.charge)})`,
    availableOn: world.nowSeconds(),
    exchangeRate: taken.exchange_rate,
  });
  const failed = world.store.change('refund', refund.id, {
    ...{ status: 'failed', failure_reason: reason },
    failure_balance_transaction: returned.id,
  });
  unmark(actor, failed);
  emit(actor, 'refund.failed', failed, { status: refund.status });
  announceRefund(actor, failed, { status: refund.status });
  return failed;
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
