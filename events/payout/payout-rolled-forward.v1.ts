import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, payoutPart, recovery } from './common.ts';

/**
 * Too little to be paid alone: what is owed goes with the seller's next payout. `parts` is all that waits,
 * with what waited before; `recovered` was kept for debts first.
 */
export const PayoutRolledForward = z.strictObject({
  type: z.literal('PayoutRolledForward'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  destination: opaqueId,
  attempt: attemptNumber,
  reason: z.literal('below_minimum'),
  minimum: moneySchema,
  amount: moneySchema,
  parts: z.array(payoutPart).check(z.minLength(1)),
  recovered: z.optional(z.array(recovery)),
  allocationId: z.optional(opaqueId),
  rolledForwardAt: instant,
});
export type PayoutRolledForward = z.infer<typeof PayoutRolledForward>;
