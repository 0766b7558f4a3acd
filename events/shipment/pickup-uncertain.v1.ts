import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * The carrier may come or not: its answer was lost, and it can't be asked. Nothing is ordered again by
 * itself; a person asks the carrier.
 */
export const PickupUncertain = z.strictObject({
  type: z.literal('PickupUncertain'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
});
export type PickupUncertain = z.infer<typeof PickupUncertain>;
