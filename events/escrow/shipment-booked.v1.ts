import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The trade's goods have a label. A label is not yet a shipment handed over. */
export const ShipmentBooked = z.strictObject({
  type: z.literal('ShipmentBooked'),
  version: z.literal(1),
  shipmentId: opaqueId,
  carrier: opaqueId,
  trackingNumber: opaqueId,
});
export type ShipmentBooked = z.infer<typeof ShipmentBooked>;
