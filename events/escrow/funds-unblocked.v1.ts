import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * A second person agreed: what is blocked of the trade goes back to where it came from, and what waited
 * goes on.
 */
export const FundsUnblocked = z.strictObject({
  type: z.literal('FundsUnblocked'),
  version: z.literal(1),
  tradeId: opaqueId,
  caseId: opaqueId,
  held: moneySchema,
  clearing: moneySchema,
  ground: z.enum(['license', 'clearance']),
  reference: opaqueId,
  proposedBy: opaqueId,
  approvedBy: opaqueId,
  unblockedAt: instant,
});
export type FundsUnblocked = z.infer<typeof FundsUnblocked>;
