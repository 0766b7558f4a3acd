import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The body of `…/disputes/{disputeId}/agreement`: the other side accepts the proposal that stands. */
export const AgreeAward = z.strictObject({
  by: z.enum(['buyer', 'seller']),
  proposalId: opaqueId,
});
export type AgreeAward = z.infer<typeof AgreeAward>;
