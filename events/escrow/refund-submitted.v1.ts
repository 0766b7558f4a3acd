import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, positiveInt } from '../common.ts';

/** The provider has the refund. `attempt` counts from 1; a failed refund may be tried anew. */
export const RefundSubmitted = z.strictObject({
  type: z.literal('RefundSubmitted'),
  version: z.literal(1),
  refundId: opaqueId,
  attempt: positiveInt,
  providerRefundId: opaqueId,
  /** What it will take off the balance there, where that is known: nothing is converted. */
  debit: z.optional(positiveMoneySchema),
  submittedAt: instant,
});
export type RefundSubmitted = z.infer<typeof RefundSubmitted>;
