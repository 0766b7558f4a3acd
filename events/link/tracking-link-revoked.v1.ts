import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** No link opens the trade's tracking page, until there is a new one. */
export const TrackingLinkRevoked = z.strictObject({
  type: z.literal('TrackingLinkRevoked'),
  version: z.literal(1),
  tradeId: opaqueId,
  revokedAt: instant,
});
export type TrackingLinkRevoked = z.infer<typeof TrackingLinkRevoked>;
