import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The carrier has the goods: from its first scan of them, not from the label. */
export const GoodsDispatched = z.strictObject({
  type: z.literal('GoodsDispatched'),
  version: z.literal(1),
  shipmentId: opaqueId,
  dispatchedAt: instant,
});
export type GoodsDispatched = z.infer<typeof GoodsDispatched>;
