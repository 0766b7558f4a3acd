import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier does not come, by its code. */
export const PickupRefused = z.strictObject({
  type: z.literal('PickupRefused'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  code: z.string().check(z.minLength(1), z.maxLength(80)),
});
export type PickupRefused = z.infer<typeof PickupRefused>;
