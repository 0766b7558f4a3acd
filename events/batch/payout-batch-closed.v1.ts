import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, positiveInt } from '../common.ts';

/**
 * A batch takes no more payments and can be downloaded: how many there are, what they sum to, and the
 * day on which the bank is asked to pay.
 */
export const PayoutBatchClosed = z.strictObject({
  type: z.literal('PayoutBatchClosed'),
  version: z.literal(1),
  batchId: opaqueId,
  instructionCount: positiveInt,
  controlSum: moneySchema,
  executionDate: z.iso.date(),
  closedAt: instant,
});
export type PayoutBatchClosed = z.infer<typeof PayoutBatchClosed>;
