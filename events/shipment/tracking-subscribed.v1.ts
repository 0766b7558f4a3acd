import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** An aggregator or carrier will push what it learns of the parcel, or the number is no longer followed. */
export const TrackingSubscribed = z.strictObject({
  type: z.literal('TrackingSubscribed'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  provider: opaqueId,
  /** Under which the provider follows it; the tracking number, where it has no id of its own. */
  subscriptionId: opaqueId,
  /** When it must have been renewed; absent where it does not lapse. */
  renewAt: z.optional(instant),
});
export type TrackingSubscribed = z.infer<typeof TrackingSubscribed>;
