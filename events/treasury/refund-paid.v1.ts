import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, positiveInt } from '../common.ts';

/** Finance has paid a refund by bank, of money that came by a receipt. */
export const RefundPaid = z.strictObject({
  type: z.literal('RefundPaid'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  tradeId: opaqueId,
  refundId: opaqueId,
  /** Of a refund that came back and is paid anew; without it, the first. */
  attempt: z.optional(positiveInt),
  occurredAt: instant,
});
export type RefundPaid = z.infer<typeof RefundPaid>;
