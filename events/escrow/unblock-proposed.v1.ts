import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * Somebody proposes to lift the block, by a license of the authority or because the hit was cleared. It
 * stands until another person agrees; the latest proposal counts. `proposedBy` names an API key.
 */
export const UnblockProposed = z.strictObject({
  type: z.literal('UnblockProposed'),
  version: z.literal(1),
  tradeId: opaqueId,
  caseId: opaqueId,
  ground: z.enum(['license', 'clearance']),
  reference: opaqueId,
  proposedBy: opaqueId,
  proposedAt: instant,
});
export type UnblockProposed = z.infer<typeof UnblockProposed>;
