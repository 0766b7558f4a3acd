import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * The carrier holds a shipment under this id, without a label yet. Recorded before anything is
 * bought, so that every later try buys on this one shipment, which the carrier sells only once.
 */
export const CarrierShipmentCreated = z.strictObject({
  type: z.literal('CarrierShipmentCreated'),
  version: z.literal(1),
  carrierShipmentId: opaqueId,
});
export type CarrierShipmentCreated = z.infer<typeof CarrierShipmentCreated>;
