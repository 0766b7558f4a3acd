import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { escrowOf, eventsOf, firstOf } from './support/history.ts';
import { openClaims } from './support/holding.ts';
import { walk } from './support/lifecycle.ts';
import { holdLimitOf } from './support/release-rules.ts';

/** Statuses in which a trade holds money that has a way to go. */
const HOLDING: ReadonlySet<string> = new Set(['converted', 'in_fulfilment', 'delivered']);

/**
 * Money is not held beyond its limit, and nobody learns of it too late: at rest a trade whose limit
 * has passed holds nothing, and was warned of it where it held something then; and goods that were
 * not shipped in time are not waited for.
 */
export const limitsEndHolding = invariant({
  name: '22-limits-end-holding',
  number: 22,
  when: 'rest',
  find: (world, report) => {
    for (const { tradeId } of world.trades) {
      checkLimit(world, tradeId, report);
      checkShipping(world, tradeId, report);
    }
  },
});

function checkLimit(world: World, tradeId: string, report: Report): void {
  const limit = holdLimitOf(world, tradeId);
  if (limit === undefined || world.nowMs() < limit.forcedAtMs) return;
  const records = escrowOf(world, tradeId);
  const isHeld = HOLDING.has(walk('escrow#', records).status);
  if (isHeld && openClaims(records).charged.size === 0) report(tradeId, 'is held beyond its limit');
  const isForced = firstOf(records, 'HoldLimitForced') !== undefined;
  if (isForced && !isWarned(world, tradeId)) report(tradeId, 'was forced without a warning');
}

/** A warning may come to nothing where its message was set aside for days, but it was sent. */
const isWarned = ({ messages }: World, tradeId: string): boolean =>
  [...messages.values()].some(
    ({ body }) => body.includes('"deadline":"hold_warning"') && body.includes(tradeId),
  );

function checkShipping(world: World, tradeId: string, report: Report): void {
  const records = escrowOf(world, tradeId);
  const opened = firstOf(records, 'TradeOpened');
  const capturedAt = firstOf(records, 'EscrowFunded')?.capturedAt;
  if (opened?.shipWithinSeconds === undefined || capturedAt === undefined) return;
  const dueMs = Date.parse(capturedAt) + opened.shipWithinSeconds * 1_000;
  const isShipped =
    firstOf(records, 'GoodsDispatched') !== undefined ||
    eventsOf(records, 'DeliveryConfirmed').length > 0;
  const isHeld = HOLDING.has(walk('escrow#', records).status);
  if (!isShipped && isHeld && openClaims(records).charged.size === 0 && world.nowMs() > dueMs) {
    report(tradeId, 'goods that were not shipped in time are waited for');
  }
}
