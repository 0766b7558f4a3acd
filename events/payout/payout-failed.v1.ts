import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, failureCode, payoutPart, payoutRail } from './common.ts';

/**
 * An attempt did not pay and no money has left: the amount is owed to the seller again. The payout
 * waits until the account it goes to changes, or where that was not at fault, until the pause is over; then it
 * is tried anew.
 */
export const PayoutFailed = z.strictObject({
  type: z.literal('PayoutFailed'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  destination: opaqueId,
  attempt: attemptNumber,
  rail: payoutRail,
  amount: moneySchema,
  parts: z.optional(z.array(payoutPart)),
  code: failureCode,
  /** False where the bank's reason is none of the account's. */
  accountAtFault: z.optional(z.boolean()),
  /** The payment that the bank refused, where it did: it is awaited there no longer. */
  transferId: z.optional(opaqueId),
  /** Who said that the bank did, and who agreed, where no message of the bank's says so. */
  proposedBy: z.optional(opaqueId),
  approvedBy: z.optional(opaqueId),
  failedAt: instant,
});
export type PayoutFailed = z.infer<typeof PayoutFailed>;
