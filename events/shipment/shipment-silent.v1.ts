import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** Nothing was heard of the parcel for longer than its lane allows: a person must ask the carrier. */
export const ShipmentSilent = z.strictObject({
  type: z.literal('ShipmentSilent'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  silentSince: instant,
});
export type ShipmentSilent = z.infer<typeof ShipmentSilent>;
