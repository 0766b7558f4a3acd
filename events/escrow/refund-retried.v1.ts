import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from '../common.ts';

/** A failed refund is to be made anew. */
export const RefundRetried = z.strictObject({
  type: z.literal('RefundRetried'),
  version: z.literal(1),
  refundId: opaqueId,
  attempt: positiveInt,
  requestedAt: instant,
});
export type RefundRetried = z.infer<typeof RefundRetried>;
