import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * A seller owes what was released to it and had to be given back to the buyer. `debtId` is the
 * refund's or the chargeback's. It is netted from later payouts. What was told of a refund that a chargeback
 * called off later is not told again.
 */
export const SellerDebtIncurred = z.strictObject({
  type: z.literal('SellerDebtIncurred'),
  version: z.literal(1),
  tradeId: opaqueId,
  sellerId: opaqueId,
  debtId: opaqueId,
  amount: positiveMoneySchema,
  reason: z.enum(['chargeback', 'refund']),
});
export type SellerDebtIncurred = z.infer<typeof SellerDebtIncurred>;
