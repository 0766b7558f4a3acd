import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The payout was requested without this allocation: its debts are open and its credits wait again. */
export const SellerAllocationReleased = z.strictObject({
  type: z.literal('SellerAllocationReleased'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  allocationId: opaqueId,
});
export type SellerAllocationReleased = z.infer<typeof SellerAllocationReleased>;
