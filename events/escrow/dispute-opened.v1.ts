import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt, sha256 } from '../common.ts';

/** Who gets the money of a dispute that nobody decides in time. */
export const Side = z.enum(['buyer', 'seller']);
export type Side = z.infer<typeof Side>;

/**
 * The buyer disputes milestones: from here on none of them is released or refunded but by the end of
 * the dispute. The timetable stands in it: negotiation, then escalation by either side from
 * `escalatableAt` on and by the clock at `escalatesAt`, then a decision within `decisionSeconds`,
 * else `silenceAwards` says who gets the money.
 */
export const DisputeOpened = z.strictObject({
  type: z.literal('DisputeOpened'),
  version: z.literal(1),
  tradeId: opaqueId,
  disputeId: opaqueId,
  milestoneIds: z.array(opaqueId).check(z.minLength(1)),
  reason: z.enum(['not_received', 'not_as_described', 'damaged', 'incomplete', 'other']),
  evidenceSha256: z.optional(sha256),
  escalatableAt: instant,
  escalatesAt: instant,
  decisionSeconds: positiveInt,
  silenceAwards: Side,
  openedAt: instant,
});
export type DisputeOpened = z.infer<typeof DisputeOpened>;
