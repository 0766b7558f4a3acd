import * as z from 'zod/mini';
import { TrackingReceived } from '../../events/messages/tracking-received.v1.ts';
import { WebhookUnreadable } from '../../events/messages/webhook-unreadable.v1.ts';
import type { TrackingEvent } from '../../events/shipment/tracking-event.v1.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { ShipmentCommand } from '../shipment/decide.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import type { ShipmentState } from '../shipment/shipment.ts';
import { foldShipment } from '../tracking/fold-shipment.ts';
import { mergeEvents } from '../tracking/order.ts';
import { withoutRecycled } from '../tracking/recycled.ts';
import { type Handled, handledBy } from './handled.ts';
import type { ViewStore } from './views.ts';

/** What the tracking queue carries: scans, and webhooks that nobody could read. */
export const TrackingMessage = z.discriminatedUnion('kind', [TrackingReceived, WebhookUnreadable]);
export type TrackingMessage = z.infer<typeof TrackingMessage>;

export type ConsumeTrackingPorts = ShipmentPorts & {
  readonly views: Pick<ViewStore, 'findTracker'>;
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
    const { provider, trackerId, deliveryId, scans } = message;
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
      (state) => recordScans(state, scans),
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

/** Folds what is known and what is new into one command, against the state it will be decided on. */
function recordScans(state: ShipmentState, incoming: readonly TrackingEvent[]): ShipmentCommand {
  const labeled = state.status === 'labeled' ? state : undefined;
  const known = labeled?.scans ?? [];
  const { own, recycled } = withoutRecycled(incoming, labeled?.label.purchasedAt);
  const newScans = mergeEvents(known, own);
  const all = [...known, ...newScans];
  const { status, enteredAt, enteredBy, flags } = foldShipment(all);
  // A delivery that the provider itself contradicts releases no money.
  const delivered = status === 'delivered' && !flags.includes('provider_conflict');
  return {
    type: 'RecordScans',
    tracking: {
      status,
      flags: recycled.length === 0 ? flags : [...flags, 'recycled'].sort(),
      newScans,
      isRecycled: own.length === 0 && recycled.length > 0,
      delivery:
        delivered && enteredAt !== undefined
          ? { deliveredAt: enteredAt, evidenceSha256: evidence(all, enteredBy) }
          : null,
    },
  };
}

/** The hash of the scan that delivered the parcel, in canonical JSON. */
const evidence = (scans: readonly TrackingEvent[], key: string | undefined): string =>
  sha256Hex(canonicalJson(scans.find((scan) => scan.key === key) ?? null));
