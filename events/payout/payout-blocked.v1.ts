import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { payoutPart } from './common.ts';

/**
 * What this payout owes of a blocked trade was not sent: it goes to the blocked funds of the case, and
 * nothing of the payout is sent until that is lifted. `blockedTradeId` is another trade where the payout
 * carries that one's money along.
 */
export const PayoutBlocked = z.strictObject({
  type: z.literal('PayoutBlocked'),
  version: z.literal(1),
  payoutId: opaqueId,
  caseId: opaqueId,
  blockedTradeId: opaqueId,
  parts: z.array(payoutPart),
  blockedAt: instant,
});
export type PayoutBlocked = z.infer<typeof PayoutBlocked>;
