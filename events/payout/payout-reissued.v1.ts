import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, payoutPart, payoutRail, recovery } from './common.ts';

/**
 * The intent to try a payout again, recorded before the provider is called. The attempt before it has
 * failed or was returned, and the provider was asked whether it still can pay.
 */
export const PayoutReissued = z.strictObject({
  type: z.literal('PayoutReissued'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  attempt: attemptNumber.check(z.gte(2)),
  rail: payoutRail,
  sellerId: opaqueId,
  destination: opaqueId,
  amount: moneySchema,
  sourceChargeId: z.optional(opaqueId),
  availableOn: z.optional(instant),
  paidByReceipts: z.optional(z.literal(true)),
  parts: z.optional(z.array(payoutPart)),
  recovered: z.optional(z.array(recovery)),
  allocationId: z.optional(opaqueId),
  requestedAt: z.optional(instant),
});
export type PayoutReissued = z.infer<typeof PayoutReissued>;
