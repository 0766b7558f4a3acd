import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * Money came to a blocked trade, changed its currency, or was taken by the buyer's bank: so much more of it
 * is blocked, or less where it is negative.
 */
export const BlockedFundsAdjusted = z.strictObject({
  type: z.literal('BlockedFundsAdjusted'),
  version: z.literal(1),
  tradeId: opaqueId,
  caseId: opaqueId,
  held: signedMoneySchema,
  clearing: signedMoneySchema,
});
export type BlockedFundsAdjusted = z.infer<typeof BlockedFundsAdjusted>;
