import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber } from './common.ts';

/**
 * What had been rolled forward was paid with another payout of the seller, or kept with it for a debt.
 * `attempt` is the one that was rolled forward, where it was not the first.
 */
export const PayoutPaidThrough = z.strictObject({
  type: z.literal('PayoutPaidThrough'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  carrierPayoutId: opaqueId,
  attempt: z.optional(attemptNumber),
  paidAt: instant,
});
export type PayoutPaidThrough = z.infer<typeof PayoutPaidThrough>;
