import { expireAuthorization } from './payment-intent-capture.ts';
import { endDebit } from './payment-intent-outcomes.ts';
import { settleArrivals } from './payouts.ts';
import { expireRefund } from './refund-outcomes.ts';
import type { World } from './world.ts';

const cause = { requestId: null, idempotencyKey: null };

/** Does what the clock has made due: funds are available, payouts arrive, debits end, time runs out. */
export function settleDue(world: World): void {
  world.ledger.settleDue();
  settleArrivals(world);
  settleDebits(world);
  settleExpiries(world);
}

function settleExpiries(world: World): void {
  for (const [id, { account, dueOn }] of world.expiries) {
    if (dueOn > world.nowSeconds()) continue;
    world.expiries.delete(id);
    const actor = { world, account, cause };
    const refund = world.store.find('refund', account, id);
    if (refund?.status === 'requires_action') expireRefund(actor, refund);
    const intent = world.store.find('payment_intent', account, id);
    if (intent?.status === 'requires_capture') expireAuthorization(actor, intent);
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
