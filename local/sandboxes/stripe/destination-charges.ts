import type { Stripe } from 'stripe';
import { balanceTransactionOf } from './charges.ts';
import type { Actor } from './endpoint.ts';
import { idOf } from './references.ts';
import { createTransfer } from './transfers.ts';

/**
 * A charge made for another account (`transfer_data`) goes on to it as soon as it has settled.
 * Tradelane never charges so; the recordings of others do.
 */
export function transferToDestination(
  actor: Actor,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
): void {
  const { transfer_data: data } = intent;
  if (!data) return;
  const settled = balanceTransactionOf(actor.world, charge);
  const transfer = createTransfer(actor, {
    amount: data.amount ?? settled.amount,
    currency: settled.currency,
    destination: idOf(data.destination) ?? '',
    source_transaction: charge.id,
    transfer_group: undefined,
    description: undefined,
    metadata: undefined,
  });
  actor.world.store.change('charge', charge.id, { transfer: transfer.id });
}
