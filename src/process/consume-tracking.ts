import * as z from 'zod/mini';
import { TrackingReceived } from '../../events/messages/tracking-received.v1.ts';
import { WebhookUnreadable } from '../../events/messages/webhook-unreadable.v1.ts';
import type { TrackingEvent } from '../../events/shipment/tracking-event.v1.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import type { ShipmentCommand } from '../shipment/decide.ts';
import { runShipment, type ShipmentPorts } from '../shipment/order-label.ts';
import type { ShipmentState } from '../shipment/shipment.ts';
import { fold } from '../tracking/fold.ts';
import { mergeEvents } from '../tracking/order.ts';
import { type Handled, handledBy } from './handled.ts';
import type { ViewStore } from './views.ts';

/** What the tracking queue carries: scans, and webhooks that nobody could read. */
export const TrackingMessage = z.discriminatedUnion('kind', [TrackingReceived, WebhookUnreadable]);
export type TrackingMessage = z.infer<typeof TrackingMessage>;

export type ConsumeTrackingPorts = ShipmentPorts & {
  readonly views: Pick<ViewStore, 'findTracker'>;
};

/** Adds a carrier's scans to the shipment that its tracker follows. */
export const consumeTracking =
  (ports: ConsumeTrackingPorts) =>
  async (message: TrackingMessage): Promise<Handled> => {
    if (message.kind === 'webhook_unreadable') {
      return { kind: 'rejected', code: 'tracking.unreadable_webhook', detail: message.reason };
    }
    const { provider, trackerId, deliveryId, scans } = message;
    const shipmentId = await ports.views.findTracker(provider, trackerId);
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

/** Folds what is known and what is new into one command, against the state it will be decided on. */
function recordScans(state: ShipmentState, incoming: readonly TrackingEvent[]): ShipmentCommand {
  const known = state.status === 'labeled' ? state.scans : [];
  const newScans = mergeEvents(known, incoming);
  const all = [...known, ...newScans];
  const { status, enteredAt, enteredBy, flags } = fold(all);
  // A delivery that the provider itself contradicts releases no money.
  const delivered = status === 'delivered' && !flags.includes('provider_conflict');
  return {
    type: 'RecordScans',
    tracking: {
      status,
      newScans,
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
