import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/** A debt of the seller is open: later payouts in its currency are kept until it is recovered. */
export const SellerDebtRecorded = z.strictObject({
  type: z.literal('SellerDebtRecorded'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  debtId: opaqueId,
  tradeId: opaqueId,
  sellerId: opaqueId,
  amount: moneySchema,
  reason: z.enum(['chargeback', 'refund']),
});
export type SellerDebtRecorded = z.infer<typeof SellerDebtRecorded>;
