import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** All of the money went back before anything was ordered: nothing is to be sent, and no label bought. */
export const ShipmentCalledOff = z.strictObject({
  type: z.literal('ShipmentCalledOff'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  calledOffAt: instant,
});
export type ShipmentCalledOff = z.infer<typeof ShipmentCalledOff>;
