import type { ShipmentEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import {
  type CancelPickup,
  cancelPickup,
  type RecordPickupCanceled,
  recordPickupCanceled,
} from './cancel-pickup.ts';
import {
  type ClaimPickup,
  claimPickup,
  type RecordPickup,
  type RequestPickup,
  recordPickup,
  requestPickup,
} from './pickup.ts';
import {
  type ConfirmDelivery,
  confirmDelivery,
  type RecordAnswer,
  type RecordScans,
  recordAnswer,
  recordScans,
} from './scans.ts';
import type { Label, LabeledParcel, ShipmentOrder, ShipmentState } from './shipment.ts';
import { type RecordSubscription, recordSubscription } from './subscribe.ts';
import { type RecordVoid, type RequestVoid, recordVoid, requestVoid } from './void-label.ts';

export type ShipmentCommand =
  | { readonly type: 'RequestShipment'; readonly order: ShipmentOrder }
  | {
      readonly type: 'RequestReturn';
      readonly order: ShipmentOrder;
      readonly disputeId: string;
    }
  | { readonly type: 'RecordCarrierShipment'; readonly carrierShipmentId: string }
  | { readonly type: 'ClaimPurchase'; readonly at: string; readonly claimSeconds: number }
  | {
      readonly type: 'RecordLabel';
      readonly label: Label;
      /** All parcels under the label, where there are several. */
      readonly parcels?: readonly LabeledParcel[] | undefined;
    }
  | {
      readonly type: 'RecordRefusal';
      readonly code: string;
      readonly fields?: readonly string[] | undefined;
    }
  | RecordScans
  | RecordAnswer
  | ConfirmDelivery
  | RequestVoid
  | RecordVoid
  | RecordSubscription
  | RequestPickup
  | ClaimPickup
  | RecordPickup
  | CancelPickup
  | RecordPickupCanceled;

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
    case 'RequestReturn':
      return requestReturn(command, state);
    case 'RecordCarrierShipment':
      return state.status === 'requested'
        ? decided({
            type: 'CarrierShipmentCreated',
            version: 1,
            carrierShipmentId: command.carrierShipmentId,
          })
        : nothing;
    case 'RecordLabel':
      return recordLabel(command, state);
    case 'ClaimPurchase':
      return claimPurchase(command, state);
    case 'RecordRefusal':
      return state.status === 'requested' || state.status === 'prepared'
        ? decided({
            type: 'LabelRefused',
            version: 1,
            shipmentId: state.order.shipmentId,
            code: command.code,
            ...(command.fields === undefined ? {} : { fields: [...command.fields] }),
          })
        : nothing;
    case 'RecordScans':
      return recordScans(command, state);
    case 'RecordAnswer':
      return recordAnswer(command, state);
    case 'ConfirmDelivery':
      return confirmDelivery(command, state);
    case 'RequestVoid':
      return requestVoid(command, state);
    case 'RecordVoid':
      return recordVoid(command, state);
    case 'RecordSubscription':
      return recordSubscription(command, state);
    case 'RequestPickup':
      return requestPickup(command, state);
    case 'ClaimPickup':
      return claimPickup(command, state);
    case 'RecordPickup':
      return recordPickup(command, state);
    case 'CancelPickup':
      return cancelPickup(command, state);
    case 'RecordPickupCanceled':
      return recordPickupCanceled(command, state);
    default: {
      const unknownCommand: never = command;
      return unknownCommand;
    }
  }
}

/** The intent of a return names its dispute, in the same record. */
function requestReturn(
  { order, disputeId }: Extract<ShipmentCommand, { type: 'RequestReturn' }>,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'not_requested') return nothing;
  const { shipmentId, tradeId } = order;
  return decided(
    { type: 'ShipmentRequested', version: 1, ...order },
    { type: 'ReturnRequested', version: 1, shipmentId, tradeId, disputeId },
  );
}

/** One claim at a time; one that is older than any worker can live is nobody's any more. */
function claimPurchase(
  { at, claimSeconds }: Extract<ShipmentCommand, { type: 'ClaimPurchase' }>,
  state: ShipmentState,
): Decision<ShipmentEvent> {
  if (state.status !== 'prepared') return nothing;
  const { claim } = state;
  if (claim !== null && Date.parse(at) < Date.parse(claim.claimedAt) + claimSeconds * 1_000) {
    return tooEarly('shipment.purchase_under_way', 'Somebody else is buying this label.');
  }
  const attempt = (claim?.attempt ?? 0) + 1;
  return decided({ type: 'PurchaseClaimed', version: 1, attempt, claimedAt: at });
}

/** A second label for one shipment is money lost: it reaches a person instead of a record. */
function recordLabel(
  { label, parcels = [] }: Extract<ShipmentCommand, { type: 'RecordLabel' }>,
  state: ShipmentState,
): Decision<ShipmentEvent> {
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
  const { provider } = label;
  const purchased = { type: 'LabelPurchased', version: 1, shipmentId, tradeId, ...label } as const;
  return parcels.length < 2
    ? decided(purchased)
    : decided(purchased, {
        ...({ type: 'ParcelsLabeled', version: 1, shipmentId, tradeId, provider } as const),
        parcels: [...parcels],
      });
}
