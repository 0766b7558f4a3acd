import { isCodedError } from '../platform/errors.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import { type Pickup, pickupOf } from '../shipment/pickup.ts';
import type {
  CarrierPort,
  CarrierRefusal,
  PickupRequest,
  ScheduledPickup,
} from '../shipment/ports.ts';
import type { LabeledShipment } from '../shipment/shipment.ts';
import { done, type Handled, handledBy } from './handled.ts';
import { type LabelRequestPorts, labelRequest } from './label-request.ts';

/** Longer than any worker lives and any call of it waits: then its claim is nobody's any more. */
const CLAIM_SECONDS = 300;

type OrderPickupPorts = ShipmentPorts & LabelRequestPorts & { readonly carrier: CarrierPort };

/**
 * Orders a pickup whose intent was recorded, and records what the carrier answers. A carrier that can be
 * asked is asked first. At the others one worker orders, once: where the answer is lost, the pickup is
 * `uncertain`, and is not ordered again.
 */
export async function orderPickup(
  ports: OrderPickupPorts,
  { state, pickupId }: { readonly state: LabeledShipment; readonly pickupId: string },
  messageId: string,
): Promise<Handled> {
  const pickup = pickupOf(state, pickupId);
  if (pickup === undefined || (pickup.status !== 'requested' && pickup.status !== 'claimed')) {
    return done;
  }
  const context = { shipmentId: state.order.shipmentId, cause: `${messageId}/${pickupId}` };
  const request = await pickupRequest(ports, state, pickup);
  if (!ports.carrier.findsPickups) {
    const mayOrder = await claim(ports, context, pickup);
    if (mayOrder !== true) return mayOrder;
  }
  const answer = await ask(ports.carrier, request);
  return handledBy(await runShipment(ports, context, { type: 'RecordPickup', pickupId, answer }));
}

/** True for the one worker that may order; for every other, what becomes of its message. */
async function claim(
  ports: OrderPickupPorts,
  { shipmentId, cause }: { readonly shipmentId: string; readonly cause: string },
  { pickupId, status }: Pickup,
): Promise<Handled | true> {
  const at = ports.now().toISOString();
  const claimed = await runShipment(
    ports,
    { shipmentId, cause: `${cause}/${status}` },
    { type: 'ClaimPickup', pickupId, at, claimSeconds: CLAIM_SECONDS },
  );
  if (claimed.kind === 'appended') return status === 'requested' ? true : done;
  if (claimed.kind !== 'unchanged') return handledBy(claimed);
  const now = claimed.state.status === 'labeled' ? pickupOf(claimed.state, pickupId) : undefined;
  return now?.status === 'claimed'
    ? {
        ...{ kind: 'too_early', code: 'shipment.pickup_under_way' },
        detail: 'Somebody else is ordering this pickup.',
      }
    : done;
}

/** What is known not to have been ordered is refused, so that a claim never outlives it in vain. */
async function ask(
  carrier: CarrierPort,
  request: PickupRequest,
): Promise<ScheduledPickup | CarrierRefusal> {
  try {
    return await carrier.schedulePickup(request);
  } catch (error) {
    if (carrier.findsPickups || !isCodedError(error) || !NOT_ORDERED.has(error.code)) throw error;
    return { kind: 'refused', code: error.code, message: error.code };
  }
}

const NOT_ORDERED: ReadonlySet<string> = new Set([
  'carrier.rate_limited',
  'carrier.account_refused',
]);

/** The courier comes to whoever sends the goods. */
async function pickupRequest(
  ports: LabelRequestPorts,
  { order, label }: LabeledShipment,
  { pickupId, readyAt, closesAt, requestedAt }: Pickup,
): Promise<PickupRequest> {
  const { from, parcels } = await labelRequest(ports, order);
  const { carrierShipmentId, trackingNumber } = label;
  return {
    ...{ carrierShipmentId, trackingNumber, reference: pickupId, address: from },
    ...{ readyAt, closesAt, requestedAt, parcels },
  };
}

/** Tells the carrier that its courier is not to come, and records what it answers. */
export async function cancelOrderedPickup(
  ports: ShipmentPorts & { readonly carrier: Pick<CarrierPort, 'cancelPickup'> },
  { state, pickupId }: { readonly state: LabeledShipment; readonly pickupId: string },
  messageId: string,
): Promise<Handled> {
  const pickup = pickupOf(state, pickupId);
  if (pickup?.status !== 'canceling') return done;
  const answer = await ports.carrier.cancelPickup({ pickupId: pickup.carrierPickupId });
  const context = { shipmentId: state.order.shipmentId, cause: `${messageId}/${pickupId}` };
  return handledBy(
    await runShipment(ports, context, { type: 'RecordPickupCanceled', pickupId, answer }),
  );
}
