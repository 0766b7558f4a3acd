import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';
import { TrackingEvent } from '../shipment/tracking-event.v1.ts';

/** A verified tracking webhook in canonical terms, without the free text and names it came with. */
export const TrackingReceived = z.strictObject({
  kind: z.literal('tracking_received'),
  version: z.literal(1),
  provider: opaqueId,
  deliveryId: opaqueId,
  trackerId: opaqueId,
  /** Under which the shipment is known where we did not make the tracker ourselves. */
  trackingNumber: z.optional(opaqueId),
  scans: z.array(TrackingEvent),
  receivedAt: instant,
});
export type TrackingReceived = z.infer<typeof TrackingReceived>;
