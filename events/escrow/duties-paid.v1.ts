import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Duties that were set aside were paid, from the segregated bank account. */
export const DutiesPaid = z.strictObject({
  type: z.literal('DutiesPaid'),
  version: z.literal(1),
  tradeId: opaqueId,
  dutyId: opaqueId,
  amount: positiveMoneySchema,
  paidAt: instant,
});
export type DutiesPaid = z.infer<typeof DutiesPaid>;
