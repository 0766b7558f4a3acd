import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { payoutPart } from '../payout/common.ts';

/**
 * Money that is owed to the seller waits for their next payout: it was rolled forward, it was left over,
 * or it was taken back from them.
 */
export const SellerCreditCarried = z.strictObject({
  type: z.literal('SellerCreditCarried'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  creditId: opaqueId,
  reason: z.enum(['below_minimum', 'left_over', 'reversed']),
  parts: z.array(payoutPart).check(z.minLength(1)),
});
export type SellerCreditCarried = z.infer<typeof SellerCreditCarried>;
