import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The seller did not hand the goods to the carrier in time: the buyer gets back what is held. */
export const ShippingMissed = z.strictObject({
  type: z.literal('ShippingMissed'),
  version: z.literal(1),
  tradeId: opaqueId,
  shipBy: instant,
  missedAt: instant,
});
export type ShippingMissed = z.infer<typeof ShippingMissed>;
