import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { payoutPart } from './common.ts';

/**
 * What was blocked of a payout is owed to the seller again: the block was lifted, or the money turned out
 * to have been sent before it (`already_sent`), which nobody can take back.
 */
export const PayoutUnblocked = z.strictObject({
  type: z.literal('PayoutUnblocked'),
  version: z.literal(1),
  payoutId: opaqueId,
  caseId: opaqueId,
  blockedTradeId: opaqueId,
  parts: z.array(payoutPart),
  reason: z.enum(['unblocked', 'already_sent']),
  unblockedAt: instant,
});
export type PayoutUnblocked = z.infer<typeof PayoutUnblocked>;
