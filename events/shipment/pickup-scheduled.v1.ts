import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/** The carrier comes. `confirmation` is what its courier is asked for. */
export const PickupScheduled = z.strictObject({
  type: z.literal('PickupScheduled'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  pickupId: opaqueId,
  carrierPickupId: opaqueId,
  confirmation: z.optional(opaqueId),
  price: z.optional(moneySchema),
});
export type PickupScheduled = z.infer<typeof PickupScheduled>;
