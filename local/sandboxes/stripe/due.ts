import { settleArrivals } from './payouts.ts';
import type { World } from './world.ts';

/** Does what the clock has made due: funds become available, payouts arrive. */
export function settleDue(world: World): void {
  world.ledger.settleDue();
  settleArrivals(world);
}
