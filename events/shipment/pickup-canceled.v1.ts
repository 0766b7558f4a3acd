import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier does not come: it agreed to that. */
export const PickupCanceled = z.strictObject({
  type: z.literal('PickupCanceled'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
});
export type PickupCanceled = z.infer<typeof PickupCanceled>;
