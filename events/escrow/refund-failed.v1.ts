import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from '../common.ts';
import { RefundBooking } from './refund-settled.v1.ts';

/**
 * The provider could not refund. The money stays the buyer's and is released to no one; a person
 * finds another way or tries again. `returned` stands where the refund had been settled before.
 */
export const RefundFailed = z.strictObject({
  type: z.literal('RefundFailed'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  attempt: positiveInt,
  providerRefundId: opaqueId,
  reason: opaqueId,
  returned: z.optional(RefundBooking),
  failedAt: instant,
});
export type RefundFailed = z.infer<typeof RefundFailed>;
