import * as z from 'zod/mini';
import { TrackingEvent, TrackingStatus } from './tracking-event.v1.ts';

/** New scans arrived; `status` is the fold over all scans known so far. */
export const TrackingUpdated = z.strictObject({
  type: z.literal('TrackingUpdated'),
  version: z.literal(1),
  status: TrackingStatus,
  scans: z.array(TrackingEvent).check(z.minLength(1)),
});
export type TrackingUpdated = z.infer<typeof TrackingUpdated>;
