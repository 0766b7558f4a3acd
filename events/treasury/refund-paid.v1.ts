import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Finance has paid a refund by bank, of money that came by a receipt. */
export const RefundPaid = z.strictObject({
  type: z.literal('RefundPaid'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  tradeId: opaqueId,
  refundId: opaqueId,
  occurredAt: instant,
});
export type RefundPaid = z.infer<typeof RefundPaid>;
