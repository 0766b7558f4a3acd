import { loadEscrow } from '../escrow/collect.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { isFunded } from '../escrow/state.ts';
import { pickupIdFor, returnShipmentIdFor, shipmentIdFor } from '../platform/ids.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';

export type PickupOutcome =
  | { readonly kind: 'appended' | 'unchanged' }
  | { readonly kind: 'rejected' | 'too_early'; readonly code: string; readonly detail: string };

type OfTrade = {
  readonly tradeId: string;
  readonly cause: string;
  /** The dispute whose goods go back; without it, the goods on their way to the buyer. */
  readonly disputeId?: string | undefined;
};

export type PickupOrder = OfTrade & {
  readonly idempotencyKey: string;
  readonly readyAt: string;
  readonly closesAt: string;
};

type Ports = { readonly escrows: EscrowPorts; readonly shipments: ShipmentPorts };

/**
 * Has the carrier come for the parcels of a trade, or for those that go back. The intent is recorded
 * here; the same key is the same pickup.
 */
export async function requestPickup(
  ports: Ports,
  { idempotencyKey, readyAt, closesAt, ...of }: PickupOrder,
): Promise<PickupOutcome> {
  const shipmentId = await shipmentOf(ports, of);
  if (shipmentId === undefined) return NO_DISPUTE;
  const { shipments } = ports;
  return runShipment(
    shipments,
    { shipmentId, cause: of.cause },
    {
      ...{ type: 'RequestPickup', pickupId: pickupIdFor(shipmentId, idempotencyKey) },
      ...{ readyAt, closesAt, at: shipments.now().toISOString() },
    },
  );
}

/** Has a courier that was agreed on not come. The intent is recorded here; its carrier is told after. */
export async function cancelPickup(
  ports: Ports,
  { pickupId, ...of }: OfTrade & { readonly pickupId: string },
): Promise<PickupOutcome> {
  const shipmentId = await shipmentOf(ports, of);
  if (shipmentId === undefined) return NO_DISPUTE;
  const { shipments } = ports;
  const at = shipments.now().toISOString();
  return runShipment(
    shipments,
    { shipmentId, cause: of.cause },
    { type: 'CancelPickup', pickupId, at },
  );
}

const NO_DISPUTE: PickupOutcome = {
  ...{ kind: 'rejected', code: 'dispute.not_found', detail: 'There is no such dispute.' },
};

/** The trade's shipment, or the one that goes back for a dispute; undefined without such a dispute. */
async function shipmentOf(
  { escrows }: Ports,
  { tradeId, disputeId }: OfTrade,
): Promise<string | undefined> {
  if (disputeId === undefined) return shipmentIdFor(tradeId, 1);
  const escrow = await loadEscrow(escrows, tradeId);
  const isKnown = isFunded(escrow) && escrow.disputes.some((one) => one.disputeId === disputeId);
  return isKnown ? returnShipmentIdFor(disputeId) : undefined;
}
