import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { attemptNumber } from './common.ts';

/**
 * A transfer was taken back, in whole or in part, in its own currency: `amount` is what this adds to
 * `totalReversed`. It is owed to the seller again and goes to their debts or with their next payout.
 */
export const PayoutReversed = z.strictObject({
  type: z.literal('PayoutReversed'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  sellerId: opaqueId,
  destination: opaqueId,
  attempt: attemptNumber,
  transferId: opaqueId,
  amount: moneySchema,
  totalReversed: moneySchema,
  reversedAt: instant,
  /** What others have taken back of it by now, each under the provider's id: together `totalReversed`. */
  reversals: z.optional(
    z.array(z.strictObject({ providerReversalId: opaqueId, amount: moneySchema })),
  ),
});
export type PayoutReversed = z.infer<typeof PayoutReversed>;
