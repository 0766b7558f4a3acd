import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { differenceAccount, reason, step } from './common.ts';

/**
 * A person says that these items are one movement, in one currency: `amount` is what was expected. Where
 * others say another amount, `difference` is theirs less ours, and the account that takes it; it is booked
 * once the match is carried out. Above the limit of one person, `approvedBy` is the second.
 */
export const BreakMatched = z.strictObject({
  type: z.literal('BreakMatched'),
  version: z.literal(1),
  breakId: opaqueId,
  left: z.array(opaqueId),
  right: z.array(opaqueId),
  amount: signedMoneySchema,
  difference: z.optional(
    z.strictObject({
      amount: signedMoneySchema,
      asset: z.enum(['1100', '1200']),
      against: differenceAccount,
    }),
  ),
  approvedBy: z.optional(opaqueId),
  approvalReason: z.optional(reason),
  ...step,
});
export type BreakMatched = z.infer<typeof BreakMatched>;
