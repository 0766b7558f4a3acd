import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * The intent to take so much of a transfer back for a debt, before the provider is asked to. From now
 * on that part of the debt is kept from no payout. `sellerId` is the debtor's.
 */
export const TransferReversalRequested = z.strictObject({
  type: z.literal('TransferReversalRequested'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  reversalId: opaqueId,
  debtId: opaqueId,
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  transferId: opaqueId,
  amount: positiveMoneySchema,
});
export type TransferReversalRequested = z.infer<typeof TransferReversalRequested>;
