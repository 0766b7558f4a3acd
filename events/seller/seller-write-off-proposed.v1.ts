import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * What is left of a debt is more than one person may give up: it waits for another to agree. Until then
 * the debt is open as before. `proposedBy` names an API key.
 */
export const SellerWriteOffProposed = z.strictObject({
  type: z.literal('SellerWriteOffProposed'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  debtId: opaqueId,
  amount: positiveMoneySchema,
  reason: z.string().check(z.minLength(1), z.maxLength(200)),
  proposedBy: opaqueId,
  proposedAt: instant,
});
export type SellerWriteOffProposed = z.infer<typeof SellerWriteOffProposed>;
