import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The carrier scanned the parcel for the first time: it has it, where a label alone says nothing. */
export const ShipmentDispatched = z.strictObject({
  type: z.literal('ShipmentDispatched'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  dispatchedAt: instant,
});
export type ShipmentDispatched = z.infer<typeof ShipmentDispatched>;
