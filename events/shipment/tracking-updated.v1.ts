import * as z from 'zod/mini';
import { TrackingEvent, TrackingStatus } from './tracking-event.v1.ts';

/** New scans arrived; `status` is the fold over all scans known so far. */
export const TrackingUpdated = z.strictObject({
  type: z.literal('TrackingUpdated'),
  version: z.literal(1),
  status: TrackingStatus,
  scans: z.array(TrackingEvent).check(z.minLength(1)),
  /** What a person should know beside the status, such as `provider_conflict`; absent for nothing. */
  flags: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(40)))),
});
export type TrackingUpdated = z.infer<typeof TrackingUpdated>;
