import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, failureCode } from './common.ts';

/**
 * Somebody says that the bank refused a payment before its debit; it waits for another to agree. Until then
 * the payment is on its way as before. `transferId` is its end-to-end id; `proposedBy` names a person or an
 * API key.
 */
export const PayoutRefusalProposed = z.strictObject({
  type: z.literal('PayoutRefusalProposed'),
  version: z.literal(1),
  payoutId: opaqueId,
  attempt: attemptNumber,
  transferId: opaqueId,
  code: failureCode,
  /** False where the reason is none of the account's; missing where it is. */
  accountAtFault: z.optional(z.boolean()),
  proposedBy: opaqueId,
  proposedAt: instant,
});
export type PayoutRefusalProposed = z.infer<typeof PayoutRefusalProposed>;
