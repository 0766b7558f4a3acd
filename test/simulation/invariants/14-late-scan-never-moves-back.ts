import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { type EventOf, eventsOf, firstOf, shipmentOf, streamOf } from './support/history.ts';
import { walk } from './support/lifecycle.ts';
import { shipmentStatuses } from './support/parcel.ts';

/**
 * A late, stale or repeated scan never moves a parcel back: after every record the shipment's status
 * is that of all scans known so far, of the parcel that is furthest from delivery, and a delivery is
 * reported or stands exactly while they say so of all parcels.
 * None counts before it has stood for its window. Nor is the escrow told of a delivery again after it
 * has dealt with its withdrawal.
 */
export const lateScanNeverMovesBack = invariant({
  name: '14-late-scan-never-moves-back',
  number: 14,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (event.type === 'TrackingUpdated') {
          checkParcel(world, { streamId, tradeId, status: event.status }, report);
        }
        if (event.type === 'ShipmentDelivered') checkWindow(world, { streamId, tradeId }, report);
        if (event.type === 'DeliveryConfirmed') {
          checkConfirmed(world, { tradeId, shipmentId: event.shipmentId }, report);
        }
      }
    }
  },
});

function checkParcel(
  world: World,
  recorded: { readonly streamId: string; readonly tradeId: string; readonly status: string },
  report: Report,
): void {
  const { streamId, tradeId, status } = recorded;
  const records = streamOf(world, streamId);
  const statuses = shipmentStatuses(records);
  const known = [...statuses].join(' or ');
  if (!statuses.has(status)) {
    report(tradeId, `${streamId} is ${known} and was recorded as ${status}`);
  }
  const counts = walk(streamId, records).status === 'delivered';
  const stands = counts || reportOf(records) !== undefined;
  if (stands !== statuses.has('delivered')) {
    report(tradeId, `the delivery of ${streamId} ${stands ? 'stands' : 'is not told'}: ${known}`);
  }
}

/** The report of a delivery that no later scan has undone. */
function reportOf(
  records: Parameters<typeof eventsOf>[0],
): EventOf<'DeliveryReported'> | undefined {
  const all = records.flatMap(({ events }) => events);
  const undone = all.findLastIndex(
    (event) => event.type === 'TrackingUpdated' && event.status !== 'delivered',
  );
  return all.slice(undone + 1).find((event) => event.type === 'DeliveryReported');
}

function checkWindow(
  world: World,
  { streamId, tradeId }: { readonly streamId: string; readonly tradeId: string },
  report: Report,
): void {
  const reported = reportOf(streamOf(world, streamId));
  const until = world.nowMs() + world.settings.maxSkewMs;
  if (reported === undefined || Date.parse(reported.stableAt) > until) {
    report(tradeId, `the delivery of ${streamId} counts before its window is over`);
  }
}

/** The withdrawal counts as dealt with once its message was acknowledged. */
function checkConfirmed(
  world: World,
  { tradeId, shipmentId }: { readonly tradeId: string; readonly shipmentId: string },
  report: Report,
): void {
  const records = shipmentOf(world, shipmentId);
  if (firstOf(records, 'ShipmentDeliveryWithdrawn') === undefined) return;
  if (walk(`shipment#${shipmentId}`, records).status === 'delivered') return;
  const withdrawal = records.findLast(({ events }) =>
    events.some(({ type }) => type === 'ShipmentDeliveryWithdrawn'),
  );
  const messageId = `"messageId":"shipment#${shipmentId}#${withdrawal?.sequence}#escrow"`;
  for (const { fate, body } of world.messages.values()) {
    if (fate !== 'acknowledged' || !body.includes(messageId)) continue;
    const confirmed = eventsOf(world.streams.get(`escrow#${tradeId}`) ?? [], 'DeliveryConfirmed');
    report(tradeId, `delivery confirmed (${confirmed.length}) after its withdrawal was dealt with`);
    return;
  }
}
