import { lookUp, type Meaning, type MeaningTable, UNMAPPED, unmapped } from '../meaning.ts';

/** 17TRACK's main statuses (api.17track.net, "Main status of package"). */
const byStatus: MeaningTable = {
  NotFound: 'unknown',
  Expired: 'unknown',
  InfoReceived: 'label_created',
  InTransit: 'in_transit',
  OutForDelivery: 'out_for_delivery',
  AvailableForPickup: 'available_for_pickup',
  DeliveryFailure: 'delivery_attempted',
  Delivered: 'delivered',
  Exception: 'exception',
};

/** The sub-statuses that say more than their main status. */
const bySubStatus: MeaningTable = {
  InTransit_PickedUp: 'picked_up',
  InTransit_CustomsProcessing: 'customs_processing',
  InTransit_CustomsReleased: 'in_transit/customs_cleared',
  InTransit_CustomsRequiringInformation: 'customs_held/customs_docs',
  DeliveryFailure_NoBody: 'delivery_attempted/recipient_absent',
  DeliveryFailure_Security: 'customs_held/security',
  DeliveryFailure_Rejected: 'delivery_attempted/refused',
  DeliveryFailure_InvalidAddress: 'delivery_attempted/address',
  Exception_Returning: 'returning',
  Exception_Returned: 'returned',
  Exception_NoBody: 'exception/recipient_absent',
  Exception_Security: 'customs_held/security',
  Exception_Damage: 'exception/damaged',
  Exception_Rejected: 'exception/refused',
  Exception_Delayed: 'exception/carrier_delay',
  Exception_Lost: 'failed/lost',
  Exception_Destroyed: 'failed',
  Exception_Cancel: 'cancelled',
};

/** The sub-statuses that say what their main status says. */
const PLAIN_SUB_STATUSES: ReadonlySet<string> = new Set(
  `NotFound_Other NotFound_InvalidCode InfoReceived Expired_Other InTransit_Other
  InTransit_Departure InTransit_Arrival OutForDelivery_Other AvailableForPickup_Other
  DeliveryFailure_Other Delivered_Other Exception_Other`.split(/\s+/),
);

/** Stages that stand for a sub-status, where an event has no other code. */
const byStage: MeaningTable = {
  PickedUp: 'picked_up',
  Departure: 'in_transit',
  Arrival: 'in_transit',
  Returning: 'returning',
  Returned: 'returned',
};

/** The numbers of the first version of the API. */
const byNumber: MeaningTable = {
  '0': 'unknown',
  '10': 'in_transit',
  '20': 'unknown',
  '30': 'available_for_pickup',
  '35': 'delivery_attempted',
  '40': 'delivered',
  '50': 'exception',
};

/**
 * 17TRACK's main status and sub-status in canonical terms. An event has no main status: its
 * sub-status begins with it.
 */
export const seventeenMeaning = (status: string, subStatus: string): Meaning => {
  const [family = ''] = subStatus.split('_');
  const said = lookUp(bySubStatus, subStatus) ?? lookUp(byStatus, status === '' ? family : status);
  if (said === undefined) return UNMAPPED;
  const known = subStatus === '' || subStatus in bySubStatus || PLAIN_SUB_STATUSES.has(subStatus);
  return known ? said : unmapped(said);
};

/** What an event says: by its sub-status, else by its stage. An event with neither only moved. */
export const seventeenEventMeaning = (subStatus: string, stage: string): Meaning => {
  if (subStatus !== '') return seventeenMeaning('', subStatus);
  if (stage === '') return { status: 'unknown' };
  return lookUp(byStage, stage) ?? seventeenMeaning(stage, '');
};

/** What a status number of the first version says. */
export const seventeenNumberMeaning = (code: string): Meaning => lookUp(byNumber, code) ?? UNMAPPED;
