import * as z from 'zod/mini';
import { instant, opaqueId, positiveInt } from '../common.ts';

/** Links of this generation open the trade's tracking page from now on; those before it open nothing. */
export const TrackingLinkRenewed = z.strictObject({
  type: z.literal('TrackingLinkRenewed'),
  version: z.literal(1),
  tradeId: opaqueId,
  generation: positiveInt,
  renewedAt: instant,
});
export type TrackingLinkRenewed = z.infer<typeof TrackingLinkRenewed>;
