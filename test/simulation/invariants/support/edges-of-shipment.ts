import type { Edges } from './edges.ts';
import type { EventType } from './history.ts';

/** Papers and subscriptions go their way beside the parcel. */
const besideLabels = (status: string): Partial<Record<EventType, string>> => ({
  ParcelsLabeled: status,
  LabelVoidRequested: status,
  LabelVoided: status,
  LabelVoidRefused: status,
  TrackingFlagged: status,
  TrackingSubscribed: status,
  PickupCancelRefused: status,
  PickupCancelRequested: status,
  PickupCanceled: status,
  PickupClaimed: status,
  PickupRefused: status,
  PickupRequested: status,
  PickupScheduled: status,
  PickupUncertain: status,
});

export const SHIPMENT: Edges = {
  none: { ShipmentRequested: 'requested', ShipmentCalledOff: 'called_off' },
  called_off: {},
  requested: {
    ReturnRequested: 'requested',
    CarrierShipmentCreated: 'prepared',
    LabelRefused: 'refused',
  },
  prepared: {
    PurchaseClaimed: 'prepared',
    LabelPurchased: 'labeled',
    LabelRefused: 'refused',
  },
  refused: {},
  labeled: {
    TrackingUpdated: 'labeled',
    ShipmentDispatched: 'labeled',
    ...besideLabels('labeled'),
    CarrierAsked: 'labeled',
    ShipmentSilent: 'labeled',
    DeliveryReported: 'labeled',
    ShipmentDelivered: 'delivered',
  },
  delivered: {
    TrackingUpdated: 'delivered',
    ...besideLabels('delivered'),
    DeliveryProven: 'delivered',
    ShipmentDeliveryWithdrawn: 'labeled',
  },
};
