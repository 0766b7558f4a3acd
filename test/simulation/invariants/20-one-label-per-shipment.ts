import { invariant } from './invariant.ts';
import { escrowOf, firstOf, shipmentOf } from './support/history.ts';
import { tradeOfReference } from './support/messages.ts';

/**
 * One label for each parcel of a shipment at the carrier, ever, bought for money that is held and on
 * the carrier shipment that was recorded before.
 */
export const oneLabelPerShipment = invariant({
  name: '20-one-label-per-shipment',
  number: 20,
  when: 'step',
  find: (world, report) => {
    for (const { reference, carrierShipmentId } of world.step.labels) {
      const tradeId = tradeOfReference(reference);
      const sold = world.carrier.labels.filter((label) => label.reference === reference).length;
      const parcels = world.carrier.shipments.get(carrierShipmentId)?.parcels.length ?? 0;
      if (sold !== parcels) report(tradeId, `${sold} labels for ${parcels} of ${reference}`);
      const records = shipmentOf(world, reference);
      const prepared = firstOf(records, 'CarrierShipmentCreated')?.carrierShipmentId;
      if (prepared !== carrierShipmentId) {
        report(tradeId, `a label on ${carrierShipmentId} where ${prepared} is recorded`);
      }
      const isHeld =
        tradeId !== null && firstOf(escrowOf(world, tradeId), 'FundsConverted') !== undefined;
      if (!isHeld) report(tradeId, `a label for ${reference} without money held`);
    }
  },
});
