import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** What is left of a debt is given up; it is a loss of the platform. */
export const SellerDebtWrittenOff = z.strictObject({
  type: z.literal('SellerDebtWrittenOff'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  debtId: opaqueId,
  sellerId: opaqueId,
  amount: moneySchema,
  reason: z.string().check(z.minLength(1), z.maxLength(200)),
  writtenOffAt: instant,
});
export type SellerDebtWrittenOff = z.infer<typeof SellerDebtWrittenOff>;
