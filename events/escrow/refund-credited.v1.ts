import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from '../common.ts';
import { RefundBooking } from './refund-settled.v1.ts';

/**
 * The provider has given back a charge that a bank transfer had paid: the money left our balance there and
 * lies on the buyer's cash balance. It is owed to the buyer until it has left that, too.
 */
export const RefundCredited = z.strictObject({
  type: z.literal('RefundCredited'),
  version: z.literal(1),
  tradeId: opaqueId,
  refundId: opaqueId,
  attempt: positiveInt,
  providerRefundId: opaqueId,
  booking: RefundBooking,
  creditedAt: instant,
});
export type RefundCredited = z.infer<typeof RefundCredited>;
