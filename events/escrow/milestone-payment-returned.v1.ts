import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber, failureCode } from '../payout/common.ts';

/**
 * What paid the seller for a milestone came back from the bank: the milestone is not paid, and a trade
 * that was settled is not, until a later attempt pays it.
 */
export const MilestonePaymentReturned = z.strictObject({
  type: z.literal('MilestonePaymentReturned'),
  version: z.literal(1),
  milestoneId: opaqueId,
  payoutId: opaqueId,
  attempt: attemptNumber,
  code: failureCode,
});
export type MilestonePaymentReturned = z.infer<typeof MilestonePaymentReturned>;
