import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber } from './common.ts';

/**
 * The provider holds a transfer for this payout. In a bank file `transferId` is the end-to-end id,
 * `batchId` where it stands, and `accountReference` the account in the vault that it goes to.
 */
export const PayoutSubmitted = z.strictObject({
  type: z.literal('PayoutSubmitted'),
  version: z.literal(1),
  payoutId: opaqueId,
  transferId: opaqueId,
  submittedAt: instant,
  attempt: z.optional(attemptNumber),
  batchId: z.optional(opaqueId),
  accountReference: z.optional(opaqueId),
});
export type PayoutSubmitted = z.infer<typeof PayoutSubmitted>;
