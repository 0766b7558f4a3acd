import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber, payoutPart, recovery } from '../payout/common.ts';

/**
 * Before a payout is requested: what of it is kept for debts and which waiting credits go with it. It is
 * recorded once for each attempt, and its record has it looked at whether that attempt used it: an
 * allocation that was not used is released. Older records don't say whose attempt it is.
 */
export const SellerPayoutAllocated = z.strictObject({
  type: z.literal('SellerPayoutAllocated'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  allocationId: opaqueId,
  payoutId: z.optional(opaqueId),
  attempt: z.optional(attemptNumber),
  taken: z.array(payoutPart),
  recovered: z.array(recovery),
  parts: z.array(payoutPart).check(z.minLength(1)),
});
export type SellerPayoutAllocated = z.infer<typeof SellerPayoutAllocated>;
