import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The provider gives nothing of the charge back any more, after a chargeback of it has ended: finance pays
 * the refund from the segregated account.
 */
export const RefundTurnedToBank = z.strictObject({
  type: z.literal('RefundTurnedToBank'),
  version: z.literal(1),
  refundId: opaqueId,
  turnedAt: instant,
});
export type RefundTurnedToBank = z.infer<typeof RefundTurnedToBank>;
