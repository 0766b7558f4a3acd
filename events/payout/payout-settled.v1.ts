import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, payoutRail } from './common.ts';

/**
 * The provider confirmed that the money left the platform's balance for the seller's. Without a
 * `rail` it was a transfer at Stripe.
 */
export const PayoutSettled = z.strictObject({
  type: z.literal('PayoutSettled'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  transferId: opaqueId,
  amount: moneySchema,
  settledAt: instant,
  rail: z.optional(payoutRail),
  attempt: z.optional(attemptNumber),
});
export type PayoutSettled = z.infer<typeof PayoutSettled>;
