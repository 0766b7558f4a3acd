import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';
import { TrackingStatus } from './tracking-event.v1.ts';

/**
 * A carrier that was asked told no new scan, but what it told raises a flag or lowers one: it still has a
 * parcel that others say was delivered, say, or all that it told was another parcel's.
 */
export const TrackingFlagged = z.strictObject({
  type: z.literal('TrackingFlagged'),
  version: z.literal(1),
  shipmentId: opaqueId,
  tradeId: opaqueId,
  status: TrackingStatus,
  /** All that stand from now on, such as `provider_conflict`. */
  flags: z.array(z.string().check(z.minLength(1), z.maxLength(40))),
});
export type TrackingFlagged = z.infer<typeof TrackingFlagged>;
