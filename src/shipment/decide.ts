import type { ShipmentEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected } from '../platform/decision.ts';
import {
  type ConfirmDelivery,
  confirmDelivery,
  type RecordAnswer,
  type RecordScans,
  recordAnswer,
  recordScans,
} from './scans.ts';
import type { Label, ShipmentOrder, ShipmentState } from './shipment.ts';

export type ShipmentCommand =
  | { readonly type: 'RequestShipment'; readonly order: ShipmentOrder }
  | { readonly type: 'RecordCarrierShipment'; readonly carrierShipmentId: string }
  | { readonly type: 'RecordLabel'; readonly label: Label }
  | { readonly type: 'RecordRefusal'; readonly code: string }
  | RecordScans
  | RecordAnswer
  | ConfirmDelivery;

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
      return recordScans(command, state);
    case 'RecordAnswer':
      return recordAnswer(command, state);
    case 'ConfirmDelivery':
      return confirmDelivery(command, state);
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
