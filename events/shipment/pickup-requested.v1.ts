import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The intent to have the carrier come for the parcels, between two instants. */
export const PickupRequested = z.strictObject({
  type: z.literal('PickupRequested'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  readyAt: instant,
  closesAt: instant,
  requestedAt: instant,
});
export type PickupRequested = z.infer<typeof PickupRequested>;
