import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';
import { differenceAccount, step } from './common.ts';

/**
 * A write-off above the limit of one person waits for a second one. With `match`, these items are one
 * movement, and `amount` is the difference that would be given up with that.
 */
export const WriteOffProposed = z.strictObject({
  type: z.literal('WriteOffProposed'),
  version: z.literal(1),
  breakId: opaqueId,
  amount: signedMoneySchema,
  match: z.optional(
    z.strictObject({
      left: z.array(opaqueId),
      right: z.array(opaqueId),
      expected: signedMoneySchema,
      against: differenceAccount,
    }),
  ),
  ...step,
});
export type WriteOffProposed = z.infer<typeof WriteOffProposed>;
