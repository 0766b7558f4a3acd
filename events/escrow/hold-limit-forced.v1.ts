import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The time that money may be held is all but over, so that what is held goes now: what was delivered
 * to the seller, what was not to the buyer, and what is disputed as silence would have it. The
 * releases and refunds stand beside this event.
 */
export const HoldLimitForced = z.strictObject({
  type: z.literal('HoldLimitForced'),
  version: z.literal(1),
  tradeId: opaqueId,
  limitAt: instant,
  forcedAt: instant,
});
export type HoldLimitForced = z.infer<typeof HoldLimitForced>;
