import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { payoutPart, payoutRail, recovery } from './common.ts';

/**
 * The intent to pay a seller. Recorded before the provider is called; the call's key and reference
 * follow from `payoutId`. `sourceChargeId` is the charge that the money came from, where that
 * covers it; without one, nothing is sent before `availableOn`. With `paidByReceipts` the money is not at
 * the provider unless somebody brings it there.
 *
 * `parts` says what the amount is made of, where it is not just this milestone's; `recovered` what was
 * kept for the seller's debts, and `allocationId` where both were set aside for this attempt. A payment for the
 * bank says when it was requested: that day's batches take it.
 */
export const PayoutRequested = z.strictObject({
  type: z.literal('PayoutRequested'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
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
export type PayoutRequested = z.infer<typeof PayoutRequested>;
