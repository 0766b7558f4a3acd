import {
  lookUp,
  type Meaning,
  type MeaningTable,
  tableOf,
  UNMAPPED,
  unmapped,
} from '../meaning.ts';

/** ShipEngine's status codes (shipengine.com/docs/tracking). */
const byStatus: MeaningTable = {
  UN: 'unknown',
  NY: 'unknown',
  AC: 'picked_up',
  IT: 'in_transit',
  AT: 'delivery_attempted',
  EX: 'exception',
  DE: 'delivered',
  SP: 'available_for_pickup',
};

/** The detail codes that say more than their status code. */
const byDetail: MeaningTable = tableOf({
  label_created: `SHIPMENT_CREATED AWAITING_DESPATCH COLLECTION_REQUESTED COLLECTION_FAILED
    ELEC_ADVICE_RECD_BY_CARRIER NOT_YET_RECEIVED_BY_CARRIER AWAITING_ELECTRONIC_ADVICE
    AWAITING_PICKUP_DROP_OFF`,
  picked_up: 'DESPATCHED COLLECTION_MADE RECEIVED_BY_CARRIER PICKED_UP DROPPED_OFF',
  in_transit: `IN_TRANSIT HUB_SCAN_OUT RECEIVED_LOCAL_DELIVERY_DEPOT SUB_CONTRACTOR_EVENT
    SUB_CONTRACTOR_RECEIVED PARCEL_OVER_LABELLED RECD_BY_CARRIER_NO_ELEC_ADVICE`,
  'in_transit/customs_cleared': 'CUSTOMS_CLEARED',
  customs_processing: 'CUSTOMS_PROCESSING',
  customs_held: `HELD_BY_CUSTOMS HELD_BY_EXPORT_CUSTOMS HELD_BY_IMPORT_CUSTOMS
    HELD_BY_CARRIER_FOR_CLEARANCE_PRE_PROCESSING`,
  out_for_delivery: 'OUT_FOR_DELIVERY',
  available_for_pickup: `AWAITING_COLLECTION_FROM_PICKUP_POINT COLLECT_AT_LOCAL_PO
    CUSTOMER_TO_COLLECT_FROM_CARRIER DELIVERED_TO_LOCKER_COLLECTION_POINT`,
  delivery_attempted: 'ATTEMPTED_DELIVERY ATTEMPTED_DELIVERY_2ND ATTEMPTED_DELIVERY_3RD',
  'delivery_attempted/recipient_absent': 'CUSTOMER_CARDED CUSTOMER_IDENTIFICATION_FAILED',
  'delivery_attempted/payment': 'COD_AMOUNT_NOT_PAID INVALID_METHOD_OF_PAYMENT',
  'delivery_attempted/address': 'NO_ACCESS_TO_RECIPIENTS_ADDRESS',
  exception: 'HELD_BY_CARRIER INCORRECT_DECLARATION',
  'exception/address': 'ADDRESS_QUERY',
  'exception/carrier_delay': 'CARRIER_DELAYS DELAYED_NOT_CARRIER',
  'exception/missort': 'MISSORTED ROUTING_ERROR',
  'exception/damaged': 'PARCEL_REPACKED',
  returning: `RETURN_TO_SENDER NOT_DELIVERED NOT_DELIVERED_ADDRESSEE_DECEASED
    NOT_COLLECTED_FROM_PICKUP_POINT PARCEL_OUTSIDE_OF_SERVICE_CAPABILITY`,
  'returning/address': 'CUSTOMER_MOVED',
  'returning/refused': 'REFUSED_BY_CUSTOMER',
  'returning/damaged': 'PARCEL_DAMAGED',
  'returning/customs_prohibited': 'HAZARDOUS_PROHIBITED',
  failed: 'PARCEL_DISPOSED',
  'failed/lost': 'PARCEL_LOST',
  cancelled: 'CANCELLED CANCELLED_BEFORE_DESPATCH',
});

/** Detail codes that say nothing beyond their status code. */
const PLAIN_DETAILS: ReadonlySet<string> = new Set(
  `DELIVERED DELIVERED_DAMAGED DELIVERED_IN_PART DELIVERED_SPECIFIED_SAFE_PLACE
  DELIVERED_TO_ALTERNATIVE_DELIVERY_LOCATION DELIVERED_TO_NEIGHBOUR DELIVERED_TO_PO_BOX
  PARCEL_COLLECTED_FROM_PICKUP_POINT POST_TRANSIT_STATUS PROOF_OF_DELIVERY COD_AMOUNT_PAID
  DELIVERY_ARRANGED_WITH_RECIPIENT INFORMATION PARCEL_UPDATE_NOTIFICATION_VIA_EMAIL
  PARCEL_UPDATE_NOTIFICATION_VIA_SMS CARRIER_STATUS_NOT_MAPPED`.split(/\s+/),
);

/**
 * ShipEngine's status code and detail code in canonical terms. Many events have neither, which says
 * nothing. A detail explains the way, never a delivery.
 *
 * @example shipEngineMeaning('IT', 'OUT_FOR_DELIVERY') // { status: 'out_for_delivery' }
 */
export const shipEngineMeaning = (status: string, detail: string): Meaning => {
  const code = status.toUpperCase();
  if (code === '' && detail === '') return { status: 'unknown' };
  const base = code === '' ? ({ status: 'unknown' } as const) : lookUp(byStatus, code);
  if (base === undefined) return UNMAPPED;
  if (base.status === 'delivered' || detail === '') return base;
  const fine = lookUp(byDetail, detail.toUpperCase());
  return fine ?? (PLAIN_DETAILS.has(detail.toUpperCase()) ? base : unmapped(base));
};
