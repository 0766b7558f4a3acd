import {
  lookUp,
  type Meaning,
  type MeaningTable,
  tableOf,
  UNMAPPED,
  unmapped,
} from '../meaning.ts';

/** FedEx's tracking status codes (developer.fedex.com, API reference, "Tracking Status Codes"). */
const byCode: MeaningTable = tableOf({
  label_created: 'OC IN EP AP OX PD SH',
  picked_up: 'PU PX IP',
  in_transit: 'IT IX DP DR DS AR AF AA AC AD AE AO AX EA EO FD LO OF OW PF PL PM SF TR SP CH RL',
  'in_transit/customs_cleared': 'CC',
  customs_processing: 'CP',
  customs_held: 'CD',
  out_for_delivery: 'OD ED',
  available_for_pickup: 'HL HP',
  delivery_attempted: 'DE',
  exception: 'SE',
  'exception/carrier_delay': 'DY DD',
  returning: 'RS',
  delivered: 'DL',
  cancelled: 'CA',
  unknown: 'RR RM RC RP LP RG RD',
});

/**
 * FedEx's code in canonical terms. The event's own type comes first, because the status derived
 * from it is coarser: a parcel out for delivery or ready for pickup is derived as in transit.
 *
 * @example fedExMeaning('OD', 'IT') // { status: 'out_for_delivery' }
 */
export const fedExMeaning = (code: string, derived: string): Meaning => {
  const said = lookUp(byCode, code.toUpperCase());
  if (said !== undefined) return said;
  const coarse = lookUp(byCode, derived.toUpperCase());
  if (coarse === undefined) return UNMAPPED;
  return code === '' ? coarse : unmapped(coarse);
};
