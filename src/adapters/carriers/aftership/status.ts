import { lookUp, type Meaning, type MeaningTable, UNMAPPED, unmapped } from '../meaning.ts';

/** AfterShip's delivery tags (aftership.com/docs/tracking/enum/delivery-statuses). */
const byTag: MeaningTable = {
  Pending: 'unknown',
  Expired: 'unknown',
  InfoReceived: 'label_created',
  InTransit: 'in_transit',
  OutForDelivery: 'out_for_delivery',
  AttemptFail: 'delivery_attempted',
  Delivered: 'delivered',
  AvailableForPickup: 'available_for_pickup',
  Exception: 'exception',
};

/** The subtags that say more than their tag. */
const bySubtag: MeaningTable = {
  InTransit_002: 'picked_up',
  InTransit_005: 'in_transit/customs_cleared',
  InTransit_006: 'customs_processing',
  AttemptFail_001: 'delivery_attempted/recipient_absent',
  AttemptFail_002: 'delivery_attempted/recipient_absent',
  Exception_002: 'exception/address',
  Exception_003: 'returning/refused',
  Exception_004: 'customs_held',
  Exception_005: 'exception/carrier_delay',
  Exception_006: 'customs_held/payment',
  Exception_007: 'exception/address',
  Exception_008: 'exception/recipient_absent',
  Exception_010: 'returning',
  Exception_011: 'returned',
  Exception_012: 'exception/damaged',
  Exception_013: 'failed/lost',
  Exception_016: 'exception/carrier_delay',
  Exception_017: 'exception/weather',
  Exception_018: 'customs_held/customs_docs',
};

/** How many subtags each tag has; those that are not above say what their tag says. */
const subtagCounts: Readonly<Record<string, number>> = {
  Pending: 6,
  Expired: 1,
  InfoReceived: 1,
  InTransit: 9,
  OutForDelivery: 4,
  AttemptFail: 3,
  Delivered: 5,
  AvailableForPickup: 1,
  Exception: 18,
};

/**
 * AfterShip's tag and subtag in canonical terms.
 *
 * @example afterShipMeaning('Exception', 'Exception_011') // { status: 'returned' }
 */
export const afterShipMeaning = (tag: string, subtag: string): Meaning => {
  const [family = '', number = ''] = subtag.split('_');
  const said = lookUp(bySubtag, subtag) ?? lookUp(byTag, tag === '' ? family : tag);
  if (said === undefined) return UNMAPPED;
  return subtag === '' || Number(number) <= (subtagCounts[family] ?? -1) ? said : unmapped(said);
};
