import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The seller's payout for a milestone is settled. */
export const MilestonePaid = z.strictObject({
  type: z.literal('MilestonePaid'),
  version: z.literal(1),
  milestoneId: opaqueId,
  payoutId: opaqueId,
});
export type MilestonePaid = z.infer<typeof MilestonePaid>;
