import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { reason, step, writeOffPosting } from './common.ts';

/**
 * The difference is given up. `approvedBy` is the second person, where the limit asked for one, and
 * `approvalReason` what that person said.
 */
export const BreakWrittenOff = z.strictObject({
  type: z.literal('BreakWrittenOff'),
  version: z.literal(1),
  breakId: opaqueId,
  amount: signedMoneySchema,
  approvedBy: z.nullable(opaqueId),
  approvalReason: z.optional(reason),
  /**
   * What takes the difference, and against which account. Absent where the line itself is written off out
   * of suspense (`ReceiptReleased`), and in records from before it was booked.
   */
  posting: z.optional(writeOffPosting),
  ...step,
});
export type BreakWrittenOff = z.infer<typeof BreakWrittenOff>;
