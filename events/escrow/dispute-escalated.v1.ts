import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** The sides did not agree: somebody else decides, by `decideBy`. */
export const DisputeEscalated = z.strictObject({
  type: z.literal('DisputeEscalated'),
  version: z.literal(1),
  disputeId: opaqueId,
  by: z.enum(['buyer', 'seller', 'clock']),
  decideBy: instant,
  escalatedAt: instant,
});
export type DisputeEscalated = z.infer<typeof DisputeEscalated>;
