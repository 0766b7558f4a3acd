import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { failureCode } from '../payout/common.ts';

/** A transfer can't be taken back: the debt is open again, for netting from later payouts. */
export const TransferReversalRefused = z.strictObject({
  type: z.literal('TransferReversalRefused'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  reversalId: opaqueId,
  debtId: opaqueId,
  amount: positiveMoneySchema,
  code: failureCode,
  refusedAt: instant,
});
export type TransferReversalRefused = z.infer<typeof TransferReversalRefused>;
