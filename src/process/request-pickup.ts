import { loadEscrow } from '../escrow/collect.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { isFunded } from '../escrow/state.ts';
import { pickupIdFor, returnShipmentIdFor, shipmentIdFor } from '../platform/ids.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';

export type PickupOutcome =
  | { readonly kind: 'appended' | 'unchanged' }
  | { readonly kind: 'rejected' | 'too_early'; readonly code: string; readonly detail: string };

export type PickupOrder = {
  readonly tradeId: string;
  readonly cause: string;
  readonly idempotencyKey: string;
  /** The dispute whose goods go back; without it, the goods on their way to the buyer. */
  readonly disputeId?: string | undefined;
  readonly readyAt: string;
  readonly closesAt: string;
};

/**
 * Has the carrier come for the parcels of a trade, or for those that go back. The intent is recorded
 * here; the same key is the same pickup.
 */
export async function requestPickup(
  { escrows, shipments }: { readonly escrows: EscrowPorts; readonly shipments: ShipmentPorts },
  { tradeId, cause, idempotencyKey, disputeId, readyAt, closesAt }: PickupOrder,
): Promise<PickupOutcome> {
  if (disputeId !== undefined) {
    const escrow = await loadEscrow(escrows, tradeId);
    if (!isFunded(escrow) || !escrow.disputes.some((one) => one.disputeId === disputeId)) {
      return { kind: 'rejected', code: 'dispute.not_found', detail: 'There is no such dispute.' };
    }
  }
  const shipmentId =
    disputeId === undefined ? shipmentIdFor(tradeId, 1) : returnShipmentIdFor(disputeId);
  return runShipment(
    shipments,
    { shipmentId, cause },
    {
      ...{ type: 'RequestPickup', pickupId: pickupIdFor(shipmentId, idempotencyKey) },
      ...{ readyAt, closesAt, at: shipments.now().toISOString() },
    },
  );
}
