import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber, failureCode } from '../payout/common.ts';

/** A payout of the seller waits until the account it goes to changes. */
export const SellerPayoutWaiting = z.strictObject({
  type: z.literal('SellerPayoutWaiting'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  payoutId: opaqueId,
  attempt: attemptNumber,
  code: failureCode,
});
export type SellerPayoutWaiting = z.infer<typeof SellerPayoutWaiting>;
