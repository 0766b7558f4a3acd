import { endDebit } from './payment-intent-outcomes.ts';
import { settleArrivals } from './payouts.ts';
import { platformAccount } from './references.ts';
import { expireRefund } from './refund-outcomes.ts';
import type { World } from './world.ts';

const cause = { requestId: null, idempotencyKey: null };

/** Does what the clock has made due: funds are available, payouts arrive, debits end, refunds expire. */
export function settleDue(world: World): void {
  world.ledger.settleDue();
  settleArrivals(world);
  settleDebits(world);
  settleRefunds(world);
}

function settleRefunds(world: World): void {
  const actor = { world, account: platformAccount, cause };
  for (const refund of world.store.list('refund', platformAccount)) {
    const expiresAt = refund.next_action?.display_details?.expires_at ?? Number.POSITIVE_INFINITY;
    const isDue = refund.status === 'requires_action' && expiresAt <= world.nowSeconds();
    if (isDue) expireRefund(actor, refund);
  }
}

function settleDebits(world: World): void {
  for (const [id, debit] of world.debits) {
    if (debit.dueOn > world.nowSeconds()) continue;
    const { account } = debit;
    const intent = world.store.find('payment_intent', account, id);
    if (intent) endDebit({ world, account, cause }, intent, debit);
  }
}
