import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId, sha256 } from '../common.ts';

/**
 * A screening has hit somebody in the trade: nothing of its money leaves until the block is lifted.
 * `held` and `clearing` go to the blocked funds of the case; `clearing` is what is not converted, or belongs
 * to no milestone, in the currency charged. Of `owed` each payout's own stream says whether it was still
 * here; `gone` was paid before. `evidenceSha256` is the hash of whoever screened's own record.
 */
export const FundsBlocked = z.strictObject({
  type: z.literal('FundsBlocked'),
  version: z.literal(1),
  tradeId: opaqueId,
  caseId: opaqueId,
  held: moneySchema,
  clearing: moneySchema,
  owed: z.array(z.strictObject({ milestoneId: opaqueId, amount: moneySchema })),
  gone: z.array(z.strictObject({ milestoneId: opaqueId, amount: moneySchema })),
  evidenceSha256: z.optional(sha256),
  blockedBy: opaqueId,
  blockedAt: instant,
});
export type FundsBlocked = z.infer<typeof FundsBlocked>;
