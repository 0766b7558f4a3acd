import type { World } from '../world.ts';
import { invariant } from './invariant.ts';

/**
 * A consignment is delivered when the carrier has delivered every parcel of it, and none of it counts
 * before, whatever is told of the others.
 */
export const deliveredWhenAllAre = invariant({
  name: '15-delivered-when-all-are',
  number: 15,
  when: 'step',
  find: (world, report) => {
    for (const { tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (event.type !== 'DeliveryReported' && event.type !== 'ShipmentDelivered') continue;
        const parcel = undelivered(world, event.shipmentId);
        if (parcel !== undefined) report(tradeId, `${event.type}, and ${parcel} is not delivered`);
      }
    }
  },
});

/** The tracker of a parcel that its carrier has never delivered. */
const undelivered = ({ carrier }: World, shipmentId: string): string | undefined => {
  const delivered = new Set(
    carrier.scans.filter(({ status }) => status === 'delivered').map(({ trackerId }) => trackerId),
  );
  return carrier.labels.find(
    ({ reference, trackerId }) => reference === shipmentId && !delivered.has(trackerId),
  )?.trackerId;
};
