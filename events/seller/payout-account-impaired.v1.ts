import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { failureCode } from '../payout/common.ts';

/**
 * The bank behind the seller's account refused a payout of Stripe's: nothing more is sent there until the
 * account changes.
 */
export const PayoutAccountImpaired = z.strictObject({
  type: z.literal('PayoutAccountImpaired'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  payoutAccountId: opaqueId,
  code: failureCode,
  impairedAt: instant,
});
export type PayoutAccountImpaired = z.infer<typeof PayoutAccountImpaired>;
