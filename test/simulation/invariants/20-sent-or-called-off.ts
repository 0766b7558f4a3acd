import { invariant } from './invariant.ts';
import { escrowOf, firstOf, shipmentOf } from './support/history.ts';

/** A trade has one consignment, which is named after it. */
const shipmentIdOf = (tradeId: string): string => `ship_${tradeId.replace('trd_', '')}_1`;

/**
 * Goods that money was held for are sent, or their sending is called off on record: what nobody
 * ordered and nobody called off, a slow worker may still buy a label for. What a seller is paid for is
 * never called off.
 */
export const sentOrCalledOff = invariant({
  name: '20-sent-or-called-off',
  number: 20,
  when: 'rest',
  find: (world, report) => {
    for (const { tradeId } of world.trades) {
      const trade = escrowOf(world, tradeId);
      if (firstOf(trade, 'FundsConverted') === undefined) continue;
      const shipment = shipmentOf(world, shipmentIdOf(tradeId));
      if (shipment.length === 0) report(tradeId, 'is neither sent nor called off');
      const isPaid = firstOf(trade, 'MilestoneReleased') !== undefined;
      if (isPaid && firstOf(shipment, 'ShipmentCalledOff') !== undefined) {
        report(tradeId, 'is called off though its money was released');
      }
    }
  },
});
