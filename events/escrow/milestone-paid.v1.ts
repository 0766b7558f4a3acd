import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { attemptNumber } from '../payout/common.ts';

/** The seller's payout for a milestone is settled, by its first attempt or the one that is named. */
export const MilestonePaid = z.strictObject({
  type: z.literal('MilestonePaid'),
  version: z.literal(1),
  milestoneId: opaqueId,
  payoutId: opaqueId,
  attempt: z.optional(attemptNumber),
});
export type MilestonePaid = z.infer<typeof MilestonePaid>;
