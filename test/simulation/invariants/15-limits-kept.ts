import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { type EventOf, escrowOf, eventsOf, firstOf } from './support/history.ts';
import { holdLimitOf } from './support/release-rules.ts';

/**
 * Nobody is warned of the limit to holding money, and nothing forced by it, before their times; and
 * goods are missed only after the time to ship them, where no carrier was known to have them.
 */
export const limitsKept = invariant({
  name: '15-limits-kept',
  number: 15,
  when: 'step',
  find: (world, report) => {
    for (const { tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'HoldLimitNear' || event.type === 'HoldLimitForced') {
          checkLimit(world, event, report);
        }
        if (event.type === 'ShippingMissed') checkMissed(world, event, report);
        if (event.type === 'GoodsDispatched') checkDispatch(world, { tradeId, event }, report);
      }
    }
  },
});

const isPast = ({ nowMs, settings }: World, atMs: number): boolean =>
  nowMs() + settings.maxSkewMs >= atMs;

function checkLimit(
  world: World,
  { type, tradeId }: EventOf<'HoldLimitNear'> | EventOf<'HoldLimitForced'>,
  report: Report,
): void {
  const limit = holdLimitOf(world, tradeId);
  const atMs = type === 'HoldLimitNear' ? limit?.warnedAtMs : limit?.forcedAtMs;
  if (atMs === undefined) report(tradeId, `${type} of a trade without a limit`);
  else if (!isPast(world, atMs)) report(tradeId, `${type} before its time`);
}

function checkMissed(
  world: World,
  { tradeId, shipBy }: EventOf<'ShippingMissed'>,
  report: Report,
): void {
  const records = escrowOf(world, tradeId);
  const seconds = firstOf(records, 'TradeOpened')?.shipWithinSeconds;
  const capturedAt = firstOf(records, 'EscrowFunded')?.capturedAt ?? '';
  const dueMs = Date.parse(capturedAt) + (seconds ?? Number.NaN) * 1_000;
  if (Date.parse(shipBy) !== dueMs || !isPast(world, dueMs)) {
    report(tradeId, `goods were missed at ${shipBy}, which is not their time`);
  }
  const isOnItsWay =
    firstOf(records, 'GoodsDispatched') !== undefined ||
    eventsOf(records, 'DeliveryConfirmed').length > eventsOf(records, 'DeliveryWithdrawn').length;
  if (isOnItsWay) report(tradeId, 'goods were missed that the carrier has');
}

function checkDispatch(
  world: World,
  { tradeId, event }: { readonly tradeId: string; readonly event: EventOf<'GoodsDispatched'> },
  report: Report,
): void {
  const own = world.carrier.labels.filter(({ reference }) => reference === event.shipmentId);
  const isScanned = world.carrier.scans.some(
    ({ trackerId, status }) =>
      status !== 'pre_transit' && own.some((label) => label.trackerId === trackerId),
  );
  if (!isScanned) report(tradeId, 'goods were dispatched that no carrier has scanned');
}
