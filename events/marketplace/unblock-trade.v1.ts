import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * The body of `POST /v1/trades/{tradeId}/unblock`: the license of the authority under which the funds may
 * move, or the record by which the hit was cleared as none.
 */
export const UnblockTrade = z.strictObject({
  ground: z.enum(['license', 'clearance']),
  reference: opaqueId,
});
export type UnblockTrade = z.infer<typeof UnblockTrade>;
