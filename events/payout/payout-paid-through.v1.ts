import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** What had been rolled forward was paid with another payout of the seller, or kept with it for a debt. */
export const PayoutPaidThrough = z.strictObject({
  type: z.literal('PayoutPaidThrough'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  carrierPayoutId: opaqueId,
  paidAt: instant,
});
export type PayoutPaidThrough = z.infer<typeof PayoutPaidThrough>;
