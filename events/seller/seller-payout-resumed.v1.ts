import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber } from '../payout/common.ts';

/** A payout that waited is tried again. */
export const SellerPayoutResumed = z.strictObject({
  type: z.literal('SellerPayoutResumed'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  payoutId: opaqueId,
  attempt: attemptNumber,
});
export type SellerPayoutResumed = z.infer<typeof SellerPayoutResumed>;
