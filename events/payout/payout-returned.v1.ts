import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber, failureCode, payoutPart } from './common.ts';

/**
 * Money that had left came back from the bank: `returned` of `amount`, the rest is what banks kept.
 * The whole amount is owed to the seller again; the payout waits as a failed one does.
 */
export const PayoutReturned = z.strictObject({
  type: z.literal('PayoutReturned'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  destination: opaqueId,
  attempt: attemptNumber,
  transferId: opaqueId,
  amount: moneySchema,
  returned: moneySchema,
  parts: z.optional(z.array(payoutPart)),
  code: failureCode,
  returnedAt: instant,
});
export type PayoutReturned = z.infer<typeof PayoutReturned>;
