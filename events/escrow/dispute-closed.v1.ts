import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, sha256 } from '../common.ts';

/**
 * A dispute is over: `toBuyer` of what was disputed goes back to the buyer, the rest to the seller,
 * by the refund and the releases beside this event. One that is `withdrawn`, or made void because the
 * buyer's bank took the money (`charged_back`), awards nothing.
 */
export const DisputeClosed = z.strictObject({
  type: z.literal('DisputeClosed'),
  version: z.literal(1),
  tradeId: opaqueId,
  disputeId: opaqueId,
  outcome: z.enum(['agreed', 'decided', 'silence', 'withdrawn', 'charged_back']),
  toBuyer: moneySchema,
  evidenceSha256: sha256,
  closedAt: instant,
});
export type DisputeClosed = z.infer<typeof DisputeClosed>;
