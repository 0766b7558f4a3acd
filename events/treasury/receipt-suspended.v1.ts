import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Money arrived on the segregated account and nobody knows yet what for. */
export const ReceiptSuspended = z.strictObject({
  type: z.literal('ReceiptSuspended'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: positiveMoneySchema,
  occurredAt: instant,
});
export type ReceiptSuspended = z.infer<typeof ReceiptSuspended>;
