import type { ShipmentEvent } from '../../events/index.ts';
import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { Label, ShipmentOrder, ShipmentState } from './shipment.ts';

export type ShipmentCommand =
  | { readonly type: 'RequestShipment'; readonly order: ShipmentOrder }
  | { readonly type: 'RecordCarrierShipment'; readonly carrierShipmentId: string }
  | { readonly type: 'RecordLabel'; readonly label: Label }
  | { readonly type: 'RecordRefusal'; readonly code: string }
  | { readonly type: 'RecordScans'; readonly tracking: TrackingResult };

/** What a fold over all known scans says, and which of them are new. */
export type TrackingResult = {
  readonly status: TrackingStatus;
  /** In alphabetical order. */
  readonly flags: readonly string[];
  readonly newScans: readonly TrackingEvent[];
  /** True where all that came was scanned before the label, under the number's earlier use. */
  readonly isRecycled?: boolean;
  /** When the parcel was delivered, and the hash of the scans that say so; null unless delivered. */
  readonly delivery: { readonly deliveredAt: string; readonly evidenceSha256: string } | null;
};

/** Decides one command against the state of its shipment. */
export function decideShipment(
  command: ShipmentCommand,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  switch (command.type) {
    case 'RequestShipment':
      return state.status === 'not_requested'
        ? decided({ type: 'ShipmentRequested', version: 1, ...command.order })
        : nothing;
    case 'RecordCarrierShipment':
      return state.status === 'requested'
        ? decided({
            type: 'CarrierShipmentCreated',
            version: 1,
            carrierShipmentId: command.carrierShipmentId,
          })
        : nothing;
    case 'RecordLabel':
      return recordLabel(command.label, state);
    case 'RecordRefusal':
      return state.status === 'requested' || state.status === 'prepared'
        ? decided({
            type: 'LabelRefused',
            version: 1,
            shipmentId: state.order.shipmentId,
            code: command.code,
          })
        : nothing;
    case 'RecordScans':
      return recordScans(command.tracking, state);
    default: {
      const unknownCommand: never = command;
      return unknownCommand;
    }
  }
}

/** A second label for one shipment is money lost: it reaches a person instead of a record. */
function recordLabel(label: Label, state: ShipmentState): Decision<ShipmentEvent> {
  if (state.status === 'labeled') {
    return state.label.trackingNumber === label.trackingNumber
      ? nothing
      : rejected(
          'shipment.second_label',
          `A second label was bought beside ${state.label.trackerId}.`,
        );
  }
  if (state.status !== 'prepared') {
    return rejected(
      'shipment.not_prepared',
      `A label was bought for a shipment that is ${state.status}.`,
    );
  }
  const { shipmentId, tradeId } = state.order;
  return decided({ type: 'LabelPurchased', version: 1, shipmentId, tradeId, ...label });
}

/** What a label, or nothing that we know, says: the carrier does not have the parcel. */
const NOT_HANDLED: ReadonlySet<TrackingStatus> = new Set(['unknown', 'label_created', 'cancelled']);

/** When the carrier first had the parcel, by these scans; undefined where it did not. */
const firstHandled = (scans: readonly TrackingEvent[]): string | undefined =>
  scans
    .filter(({ status }) => !NOT_HANDLED.has(status))
    .map(({ occurredAt }) => occurredAt)
    .sort()[0];

/** Delivery counts on first entry: the event is appended once for each time the state is entered. */
function recordScans(
  { status, flags, newScans, isRecycled, delivery }: TrackingResult,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'labeled') {
    return tooEarly('shipment.no_label', `Scans arrived for a shipment that is ${state.status}.`);
  }
  if (isRecycled === true) {
    return rejected(
      'shipment.recycled_number',
      `Scans from before the label of ${state.label.trackerId}: its number was used before.`,
    );
  }
  if (newScans.length === 0) return nothing;
  const { shipmentId, tradeId } = state.order;
  const events: ShipmentEvent[] = [
    {
      type: 'TrackingUpdated',
      version: 1,
      status,
      scans: [...newScans],
      ...(flags.length === 0 ? {} : { flags: [...flags] }),
    },
  ];
  const dispatchedAt = firstHandled(newScans);
  if (dispatchedAt !== undefined && firstHandled(state.scans) === undefined) {
    events.push({ type: 'ShipmentDispatched', version: 1, shipmentId, tradeId, dispatchedAt });
  }
  if (delivery !== null && !state.delivered) {
    events.push({ type: 'ShipmentDelivered', version: 1, shipmentId, tradeId, ...delivery });
  }
  if (delivery === null && state.delivered) {
    events.push({ type: 'ShipmentDeliveryWithdrawn', version: 1, shipmentId, tradeId, status });
  }
  return { kind: 'decided', events };
}
