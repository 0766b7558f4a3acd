import { endDebit } from './payment-intent-outcomes.ts';
import { settleArrivals } from './payouts.ts';
import type { World } from './world.ts';

/** Does what the clock has made due: funds become available, payouts arrive, debits end. */
export function settleDue(world: World): void {
  world.ledger.settleDue();
  settleArrivals(world);
  settleDebits(world);
}

function settleDebits(world: World): void {
  const cause = { requestId: null, idempotencyKey: null };
  for (const [id, debit] of world.debits) {
    if (debit.dueOn > world.nowSeconds()) continue;
    const { account } = debit;
    const intent = world.store.find('payment_intent', account, id);
    if (intent) endDebit({ world, account, cause }, intent, debit);
  }
}
