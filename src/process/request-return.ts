import { loadEscrow } from '../escrow/collect.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { isFunded, type Terms } from '../escrow/state.ts';
import { fold } from '../platform/execute.ts';
import { returnShipmentIdFor, shipmentIdFor, shipmentStream } from '../platform/ids.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import { firstHandled } from '../shipment/scans.ts';
import { type ShipmentOrder, shipmentEvolution } from '../shipment/shipment.ts';

export type ReturnOutcome =
  | { readonly kind: 'appended' | 'unchanged' }
  | { readonly kind: 'rejected' | 'too_early'; readonly code: string; readonly detail: string };

export type RequestReturnPorts = {
  readonly escrows: EscrowPorts;
  readonly shipments: ShipmentPorts;
};

/**
 * Has the goods of a dispute sent back, by a shipment of its own from the buyer to the seller: one for
 * each dispute, however often it is asked for. What was never handed over has nothing to send back.
 */
export async function requestReturn(
  { escrows, shipments }: RequestReturnPorts,
  request: { readonly tradeId: string; readonly disputeId: string; readonly cause: string },
): Promise<ReturnOutcome> {
  const { tradeId, disputeId, cause } = request;
  const escrow = await loadEscrow(escrows, tradeId);
  if (!isFunded(escrow) || !escrow.disputes.some((one) => one.disputeId === disputeId)) {
    return { kind: 'rejected', code: 'dispute.not_found', detail: 'There is no such dispute.' };
  }
  const sent = await shipments.store.load(shipmentStream(shipmentIdFor(tradeId, 1)));
  const state = fold(shipmentEvolution, sent);
  if (state.status !== 'labeled' || firstHandled(state.scans) === undefined) {
    const detail = 'The carrier never had these goods, so there is nothing to send back.';
    return { kind: 'rejected', code: 'return.nothing_sent', detail };
  }
  const order = returnOf(escrow.terms, disputeId);
  const owner = { tradeId, marketplaceId: escrow.terms.marketplaceId };
  return runShipment(
    shipments,
    { shipmentId: order.shipmentId, cause, owner },
    { type: 'RequestReturn', order, disputeId },
  );
}

/** The same goods, the other way. */
const returnOf = (
  { tradeId, seller, buyer, incoterm, items }: Terms,
  disputeId: string,
): ShipmentOrder => ({
  shipmentId: returnShipmentIdFor(disputeId),
  tradeId,
  consignor: { partyId: buyer.partyId, country: buyer.country },
  consignee: { partyId: seller.partyId, country: seller.country },
  incoterm,
  items,
});
