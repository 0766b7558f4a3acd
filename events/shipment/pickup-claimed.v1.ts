import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** One worker is about to order the pickup, at a carrier that can't be asked whether one was ordered. */
export const PickupClaimed = z.strictObject({
  type: z.literal('PickupClaimed'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  claimedAt: instant,
});
export type PickupClaimed = z.infer<typeof PickupClaimed>;
