import type { CarrierScan, World } from '../world.ts';
import { invariant } from './invariant.ts';
import { shipmentOf } from './support/history.ts';
import { walk } from './support/lifecycle.ts';
import { tradeOfReference } from './support/messages.ts';
import { parcelsOf, scansOf, shipmentStatuses } from './support/parcel.ts';

/**
 * In whatever order the scans of parcels came, however often, by webhook or because we asked: at rest
 * their shipment has all that the carrier has, and stands as delivered exactly where they say so of
 * every parcel. After its end, or once the label was given back, nobody asks any more.
 */
export const orderConverges = invariant({
  name: '12-order-converges',
  number: 12,
  when: 'rest',
  find: (world, report) => {
    const byTracker = Map.groupBy(world.carrier.scans, ({ trackerId }) => trackerId);
    for (const { trackerId, reference } of world.carrier.labels) {
      const records = shipmentOf(world, reference);
      if (!parcelsOf(records).some((parcel) => parcel.trackerId === trackerId)) continue;
      const tradeId = tradeOfReference(reference);
      const missing = missingScan(world, reference, byTracker.get(trackerId) ?? []);
      if (missing !== undefined) report(tradeId, `${reference} lacks the scan ${missing}`);
      const statuses = shipmentStatuses(records);
      const stands = walk(`shipment#${reference}`, records).status === 'delivered';
      if (stands !== statuses.has('delivered')) {
        const [status] = statuses;
        report(
          tradeId,
          `${reference} ${stands ? 'stands' : 'does not stand'} where it is ${status}`,
        );
      }
    }
  },
});

/** The first scan of the carrier's that a shipment's stream does not have. */
function missingScan(
  world: World,
  reference: string,
  scans: readonly CarrierScan[],
): string | undefined {
  const known = new Set(
    scansOf(shipmentOf(world, reference)).map(
      ({ occurredAt, rawStatus }) => `${Date.parse(occurredAt)} ${rawStatus}`,
    ),
  );
  return scans
    .map(({ occurredAtMs, status, detail }) => `${Math.trunc(occurredAtMs)} ${status}/${detail}`)
    .find((scan) => !known.has(scan));
}
