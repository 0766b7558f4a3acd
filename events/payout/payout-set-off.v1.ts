import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, payoutPart, recovery } from './common.ts';

/**
 * All that was owed for a milestone, and what waited with it, was kept for the seller's debts: there is
 * nothing to pay, and the milestone counts as paid.
 */
export const PayoutSetOff = z.strictObject({
  type: z.literal('PayoutSetOff'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  attempt: attemptNumber,
  parts: z.array(payoutPart).check(z.minLength(1)),
  recovered: z.array(recovery),
  allocationId: z.optional(opaqueId),
  setOffAt: instant,
});
export type PayoutSetOff = z.infer<typeof PayoutSetOff>;
