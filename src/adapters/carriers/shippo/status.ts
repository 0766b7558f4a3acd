import { lookUp, type Meaning, type MeaningTable, UNMAPPED, unmapped } from '../meaning.ts';

/** Shippo's tracking statuses (docs.goshippo.com/docs/tracking/tracking). */
const byStatus: MeaningTable = {
  UNKNOWN: 'unknown',
  PRE_TRANSIT: 'label_created',
  TRANSIT: 'in_transit',
  DELIVERED: 'delivered',
  RETURNED: 'returning',
  FAILURE: 'failed',
};

/** What a substatus adds to its status. Those that add nothing stand for the status itself. */
const bySubstatus: MeaningTable = {
  'TRANSIT/address_issue': 'exception/address',
  'TRANSIT/contact_carrier': 'exception',
  'TRANSIT/delayed': 'exception/carrier_delay',
  'TRANSIT/delivery_attempted': 'delivery_attempted',
  'TRANSIT/location_inaccessible': 'exception/address',
  'TRANSIT/notice_left': 'delivery_attempted/recipient_absent',
  'TRANSIT/out_for_delivery': 'out_for_delivery',
  'TRANSIT/package_accepted': 'picked_up',
  'TRANSIT/package_damaged': 'exception/damaged',
  'TRANSIT/package_held': 'customs_held',
  'TRANSIT/pickup_available': 'available_for_pickup',
  'RETURNED/package_unclaimed': 'returning/recipient_absent',
  'FAILURE/package_lost': 'failed/lost',
};

const KNOWN_SUBSTATUSES: ReadonlySet<string> = new Set(
  `information_received address_issue contact_carrier delayed delivery_attempted
  delivery_rescheduled delivery_scheduled location_inaccessible notice_left out_for_delivery
  package_accepted package_arrived package_damaged package_departed package_forwarded package_held
  package_processed package_processing pickup_available reschedule_delivery delivered
  return_to_sender package_unclaimed package_undeliverable package_disposed package_lost other`.split(
    /\s+/,
  ),
);

/**
 * Shippo's status and substatus in canonical terms.
 *
 * @example shippoMeaning('TRANSIT', 'delayed') // { status: 'exception', reason: 'carrier_delay' }
 */
export const shippoMeaning = (status: string, substatus: string): Meaning => {
  const base = lookUp(byStatus, status.toUpperCase());
  if (base === undefined) return UNMAPPED;
  const detail = substatus.toLowerCase();
  const said = lookUp(bySubstatus, `${status.toUpperCase()}/${detail}`) ?? base;
  return detail === '' || KNOWN_SUBSTATUSES.has(detail) ? said : unmapped(said);
};
