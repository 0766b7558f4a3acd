import * as z from 'zod/mini';
import { TrackingReceived } from '../../events/messages/tracking-received.v1.ts';
import { WebhookUnreadable } from '../../events/messages/webhook-unreadable.v1.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import { type Handled, handledBy } from './handled.ts';
import { stableAt, trackingResult } from './tracking-result.ts';
import type { ViewStore } from './views.ts';

/** What the tracking queue carries: scans, and webhooks that nobody could read. */
export const TrackingMessage = z.discriminatedUnion('kind', [TrackingReceived, WebhookUnreadable]);
export type TrackingMessage = z.infer<typeof TrackingMessage>;

export type ConsumeTrackingPorts = ShipmentPorts & {
  readonly views: Pick<ViewStore, 'findTracker'>;
  /** How long a reported delivery must stand before it counts; 0 counts it at once. */
  readonly graceSeconds: number;
};

/** Under which a shipment is known to whoever tracks it without having sold its label. */
export const TRACKING_NUMBER = 'tracking-number';

/** Adds a carrier's scans to the shipment that its tracker follows. */
export const consumeTracking =
  (ports: ConsumeTrackingPorts) =>
  async (message: TrackingMessage): Promise<Handled> => {
    if (message.kind === 'webhook_unreadable') {
      return { kind: 'rejected', code: 'tracking.unreadable_webhook', detail: message.reason };
    }
    const { provider, trackerId, trackingNumber, deliveryId, scans } = message;
    const shipmentId = await findShipment(ports.views, message);
    if (shipmentId === undefined) {
      return {
        kind: 'too_early',
        code: 'tracking.unknown_tracker',
        detail: `No shipment of ours is known under ${provider}'s ${trackerId}.`,
      };
    }
    const outcome = await runShipment(
      ports,
      { shipmentId, cause: `tracking#${provider}#${deliveryId}` },
      (state) => ({
        type: 'RecordScans',
        tracking: trackingResult(state, [{ followed: { trackerId, trackingNumber }, scans }]),
        stableAt: stableAt(ports),
      }),
    );
    return handledBy(outcome);
  };

/** Aggregators track by the carrier's number what another provider sold: each has a tracker of its own. */
const findShipment = async (
  views: ConsumeTrackingPorts['views'],
  { provider, trackerId, trackingNumber }: TrackingReceived,
): Promise<string | undefined> => {
  const own = await views.findTracker(provider, trackerId);
  if (own !== undefined || trackingNumber === undefined) return own;
  return views.findTracker(TRACKING_NUMBER, trackingNumber);
};
