import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { payoutPart } from '../payout/common.ts';

/**
 * The trade's money waits for the seller's next payout again.
 */
export const SellerTradeUnblocked = z.strictObject({
  type: z.literal('SellerTradeUnblocked'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  tradeId: opaqueId,
  caseId: opaqueId,
  parts: z.array(payoutPart),
});
export type SellerTradeUnblocked = z.infer<typeof SellerTradeUnblocked>;
