import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * What is left of a debt is given up; it is a loss of the platform. `proposedBy` and `approvedBy` name the
 * API keys of who asked for it and, above the limit, of who agreed.
 */
export const SellerDebtWrittenOff = z.strictObject({
  type: z.literal('SellerDebtWrittenOff'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  debtId: opaqueId,
  sellerId: opaqueId,
  amount: moneySchema,
  reason: z.string().check(z.minLength(1), z.maxLength(200)),
  proposedBy: z.optional(opaqueId),
  approvedBy: z.optional(opaqueId),
  writtenOffAt: instant,
});
export type SellerDebtWrittenOff = z.infer<typeof SellerDebtWrittenOff>;
