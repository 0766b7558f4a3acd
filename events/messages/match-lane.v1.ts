import * as z from 'zod/mini';

/** Something in this lane is to be looked at: items that are new, due, or whose break was resolved. */
export const MatchLane = z.strictObject({
  kind: z.literal('match_lane'),
  version: z.literal(1),
  messageId: z.string().check(z.minLength(1), z.maxLength(300)),
  lane: z.enum(['provider', 'provider_payouts', 'bank_in', 'bank_out']),
});
export type MatchLane = z.infer<typeof MatchLane>;
