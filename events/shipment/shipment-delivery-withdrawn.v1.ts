import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { TrackingStatus } from './tracking-event.v1.ts';

/** The shipment left `delivered` again: the carrier is returning it or corrected itself. */
export const ShipmentDeliveryWithdrawn = z.strictObject({
  type: z.literal('ShipmentDeliveryWithdrawn'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  status: TrackingStatus,
});
export type ShipmentDeliveryWithdrawn = z.infer<typeof ShipmentDeliveryWithdrawn>;
