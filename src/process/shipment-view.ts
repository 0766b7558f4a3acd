import type { Pickup } from '../shipment/pickup.ts';
import type { ShipmentState } from '../shipment/shipment.ts';
import { foldShipment } from '../tracking/fold-shipment.ts';
import { timeQualityOf } from '../tracking/time-quality.ts';

/** A shipment in the answer of `GET /v1/trades/{tradeId}`, or one that goes back. */
export function presentShipment(shipmentId: string, state: ShipmentState) {
  if (state.status === 'refused') {
    const { status, code, fields } = state;
    const about = fields === undefined ? {} : { refusedFields: fields };
    return { id: shipmentId, status, reason: code, ...about };
  }
  if (state.status !== 'labeled') return { id: shipmentId, status: state.status };
  const { label, trackingStatus, trackingFlags, scans, parcels, reported, pickups } = state;
  const { reason } = foldShipment(scans, { parcelCount: Math.max(1, parcels.length) });
  return {
    id: shipmentId,
    status: trackingStatus,
    ...(reason === undefined ? {} : { reason }),
    ...(trackingFlags.length === 0 ? {} : { flags: trackingFlags }),
    provider: label.provider,
    carrier: label.carrier,
    service: label.service,
    trackingNumber: label.trackingNumber,
    ...(parcels.length === 0
      ? {}
      : { parcels: parcels.map(({ trackingNumber }) => trackingNumber) }),
    ...(reported === null ? {} : { deliveryCountsAt: reported.stableAt }),
    labelPrice: label.price,
    ...(pickups.length === 0 ? {} : { pickups: pickups.map(presentPickup) }),
    // The provider's own summary status is evidence, not a scan that people would look for.
    scans: scans
      .filter(({ synthetic }) => synthetic !== true)
      .map(({ status, reason: why, occurredAt, timeZoneKnown, place }) => ({
        ...{ status, at: occurredAt, place },
        ...{ timeQuality: timeQualityOf({ occurredAt, timeZoneKnown }) },
        ...(why === undefined ? {} : { reason: why }),
      })),
  };
}

/** A pickup that one worker is about to order is still just requested. */
const presentPickup = ({ pickupId, status, ...pickup }: Pickup) => ({
  id: pickupId,
  status: status === 'claimed' ? 'requested' : status,
  readyAt: pickup.readyAt,
  closesAt: pickup.closesAt,
  ...('confirmation' in pickup && pickup.confirmation !== undefined
    ? { confirmation: pickup.confirmation }
    : {}),
  ...('price' in pickup && pickup.price !== undefined ? { price: pickup.price } : {}),
  ...('code' in pickup ? { reason: pickup.code } : {}),
  ...('cancelRefusal' in pickup ? { cancelRefusal: pickup.cancelRefusal } : {}),
});
