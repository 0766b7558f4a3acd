import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, positiveInt } from '../common.ts';
import { failureCode } from '../payout/common.ts';

/**
 * A refund that finance had paid by bank came back: `returned` of `amount`, the rest is what banks kept.
 * The whole amount is owed to the buyer again. `reference` is what it was paid under.
 */
export const RefundReturned = z.strictObject({
  type: z.literal('RefundReturned'),
  version: z.literal(1),
  movementId: opaqueId,
  reference: opaqueId,
  tradeId: opaqueId,
  refundId: opaqueId,
  attempt: z.optional(positiveInt),
  amount: positiveMoneySchema,
  returned: moneySchema,
  code: failureCode,
  occurredAt: instant,
});
export type RefundReturned = z.infer<typeof RefundReturned>;
