import { invariant } from './invariant.ts';
import { escrowOf, firstOf, shipmentOf } from './support/history.ts';
import { tradeOfReference } from './support/messages.ts';

/**
 * One label for a shipment at the carrier, ever, bought for money that is held and on the carrier
 * shipment that was recorded before. Canceling a label when a refund wins comes with refunds.
 */
export const oneLabelPerShipment = invariant({
  name: '20-one-label-per-shipment',
  number: 20,
  when: 'step',
  find: (world, report) => {
    for (const { reference, carrierShipmentId } of world.step.labels) {
      const tradeId = tradeOfReference(reference);
      const sold = world.carrier.labels.filter((label) => label.reference === reference).length;
      if (sold > 1) report(tradeId, `${sold} labels for ${reference}`);
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
