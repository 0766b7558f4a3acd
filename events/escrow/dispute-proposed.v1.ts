import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { Side } from './dispute-opened.v1.ts';

/** One side proposes what the buyer is to get of the disputed amount, in the trade's currency. */
export const DisputeProposed = z.strictObject({
  type: z.literal('DisputeProposed'),
  version: z.literal(1),
  disputeId: opaqueId,
  proposalId: opaqueId,
  by: Side,
  toBuyer: moneySchema,
  proposedAt: instant,
});
export type DisputeProposed = z.infer<typeof DisputeProposed>;
