import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The provider took so much of a transfer back because we asked it to, and the debt is recovered by
 * it. `owed` is what of it the debt did not need any more, where the provider refused first and did it
 * after all: it is owed to the seller again. What somebody else takes back is PayoutReversed.
 */
export const TransferReversed = z.strictObject({
  type: z.literal('TransferReversed'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  reversalId: opaqueId,
  debtId: opaqueId,
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  transferId: opaqueId,
  providerReversalId: opaqueId,
  amount: positiveMoneySchema,
  owed: z.optional(positiveMoneySchema),
  reversedAt: instant,
});
export type TransferReversed = z.infer<typeof TransferReversed>;
