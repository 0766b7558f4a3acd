import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { payoutPart } from '../payout/common.ts';

/**
 * No money of that trade which waits here is paid with another payout: it goes to the blocked funds of the
 * case. Told again for what comes to wait later.
 */
export const SellerTradeBlocked = z.strictObject({
  type: z.literal('SellerTradeBlocked'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  tradeId: opaqueId,
  caseId: opaqueId,
  parts: z.array(payoutPart),
});
export type SellerTradeBlocked = z.infer<typeof SellerTradeBlocked>;
