import type { CarrierShipment, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { openCase } from './support/blocks.ts';
import { escrowOf, firstOf } from './support/history.ts';
import { publicStatus } from './support/lifecycle.ts';
import { tradeOfReference } from './support/messages.ts';

/**
 * Nobody pays for a label that is not used: where all of the money went back to the buyer and no
 * carrier has scanned the goods, every label of theirs is given back; where money is held or was
 * released, none is.
 */
export const unusedLabelsGivenBack = invariant({
  name: '20-unused-labels-given-back',
  number: 20,
  when: 'rest',
  find: (world, report) => {
    for (const shipment of world.carrier.shipments.values()) checkShipment(world, shipment, report);
  },
});

function checkShipment(world: World, shipment: CarrierShipment, report: Report): void {
  const tradeId = tradeOfReference(shipment.reference);
  const records = tradeId === null ? [] : escrowOf(world, tradeId);
  // What a bank or customs took is not what a refund gives back.
  const isTaken =
    firstOf(records, 'ChargebackOpened') !== undefined ||
    firstOf(records, 'DutiesEarmarked') !== undefined;
  if (isTaken) return;
  const status = publicStatus(records);
  const isRefunded = status === 'refunded';
  // Nothing needs the label of a refund that only a block holds back.
  const isHeldBack = status === 'refunding' && openCase(records) !== undefined;
  const isUnused = isRefunded && !isHandedOver(world, shipment);
  for (const { id, label, isGivenBack } of shipment.parcels) {
    if (isGivenBack && !isRefunded && !isHeldBack)
      report(tradeId, `${id} is given back and needed`);
    if (label !== null && !isGivenBack && isUnused) {
      report(tradeId, `${id} is not used and not given back`);
    }
  }
}

const isHandedOver = ({ carrier }: World, { parcels }: CarrierShipment): boolean =>
  carrier.scans.some(
    ({ trackerId, status }) =>
      status !== 'pre_transit' && parcels.some(({ label }) => label?.trackerId === trackerId),
  );
