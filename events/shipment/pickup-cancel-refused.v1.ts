import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier comes all the same, by its code. */
export const PickupCancelRefused = z.strictObject({
  type: z.literal('PickupCancelRefused'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  code: z.string().check(z.minLength(1), z.maxLength(80)),
});
export type PickupCancelRefused = z.infer<typeof PickupCancelRefused>;
