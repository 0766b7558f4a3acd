import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The courier that was ordered is not to come any more. */
export const PickupCancelRequested = z.strictObject({
  type: z.literal('PickupCancelRequested'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  requestedAt: instant,
});
export type PickupCancelRequested = z.infer<typeof PickupCancelRequested>;
