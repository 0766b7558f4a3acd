import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The carrier contradicted its delivery before the money was released; the inspection is off. */
export const DeliveryWithdrawn = z.strictObject({
  type: z.literal('DeliveryWithdrawn'),
  version: z.literal(1),
  shipmentId: opaqueId,
  shipmentStatus: z.string().check(z.minLength(1), z.maxLength(40)),
});
export type DeliveryWithdrawn = z.infer<typeof DeliveryWithdrawn>;
