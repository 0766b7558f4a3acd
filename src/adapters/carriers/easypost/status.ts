import type { Meaning } from '../meaning.ts';

/** EasyPost's statuses (docs.easypost.com/docs/trackers), where no detail says more. */
const meaningByStatus: Readonly<Record<string, Meaning>> = {
  unknown: { status: 'unknown' },
  error: { status: 'unknown' },
  pre_transit: { status: 'label_created' },
  in_transit: { status: 'in_transit' },
  out_for_delivery: { status: 'out_for_delivery' },
  delivered: { status: 'delivered' },
  available_for_pickup: { status: 'available_for_pickup' },
  return_to_sender: { status: 'returning' },
  failure: { status: 'failed' },
  cancelled: { status: 'cancelled' },
};

/** EasyPost's 28 status details. Those without a meaning of their own leave the status as it is. */
const meaningByDetail: Readonly<Record<string, Meaning | undefined>> = {
  address_correction: { status: 'exception', reason: 'address' },
  arrived_at_destination: undefined,
  arrived_at_facility: undefined,
  arrived_at_pickup_location: undefined,
  awaiting_information: { status: 'customs_held', reason: 'customs_docs' },
  cancelled: undefined,
  damaged: { status: 'exception', reason: 'damaged' },
  delayed: { status: 'exception', reason: 'carrier_delay' },
  delivery_exception: { status: 'delivery_attempted' },
  departed_facility: undefined,
  departed_origin_facility: undefined,
  expired: undefined,
  failure: undefined,
  held: { status: 'exception' },
  in_transit: undefined,
  label_created: undefined,
  lost: undefined,
  missorted: { status: 'exception', reason: 'missort' },
  out_for_delivery: undefined,
  received_at_destination_facility: undefined,
  received_at_origin_facility: undefined,
  refused: { status: 'exception', reason: 'refused' },
  return: undefined,
  status_update: undefined,
  transferred_to_destination_carrier: undefined,
  transit_exception: { status: 'exception' },
  unknown: undefined,
  weather_delay: { status: 'exception', reason: 'weather' },
};

/** Pairs that mean something else than their status and their detail do alone. */
const meaningByPair: Readonly<Record<string, Meaning>> = {
  'in_transit/received_at_origin_facility': { status: 'picked_up' },
  'in_transit/lost': { status: 'exception', reason: 'lost' },
  'failure/lost': { status: 'failed', reason: 'lost' },
  'failure/cancelled': { status: 'cancelled' },
  'delivered/return': { status: 'returned' },
  'return_to_sender/refused': { status: 'returning', reason: 'refused' },
};

/**
 * EasyPost has no status for customs: only the scan's text tells. The first that fits counts, and
 * only a scan that is otherwise just "in transit" is read this way.
 */
const customsTexts: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /\bdut(?:y|ies)\b.{0,40}\b(?:due|unpaid|required)\b/i,
    { status: 'customs_held', reason: 'customs_duty_unpaid' },
  ],
  [
    /\b(?:held|hold|delay(?:ed)?|missing|required)\b.{0,40}\b(?:customs|clearance)\b/i,
    { status: 'customs_held', reason: 'customs_docs' },
  ],
  [
    /\b(?:customs|clearance)\b.{0,40}\b(?:held|hold|delay(?:ed)?|missing|required)\b/i,
    { status: 'customs_held', reason: 'customs_docs' },
  ],
  [
    /\b(?:cleared|released|out)\b.{0,20}\bcustoms\b|\binternational shipment release\b/i,
    { status: 'in_transit', reason: 'customs_cleared' },
  ],
  [
    /\b(?:customs|clearance)\b.{0,40}\b(?:cleared|released|completed?)\b/i,
    { status: 'in_transit', reason: 'customs_cleared' },
  ],
  [
    /\bcustoms\b|\bclearance (?:event|processing|in progress)\b|\bprocessed for clearance\b/i,
    { status: 'customs_processing' },
  ],
];

/** A detail explains trouble on the way or a failure, never what is already an end or an origin. */
const detailExplains = (status: string): boolean => status === 'in_transit' || status === 'failure';

/**
 * EasyPost's codes and text in canonical terms (docs: carriers, canonical status). A status that is
 * not known says nothing about the parcel; a detail that is not known leaves its status standing.
 *
 * @example toCanonicalStatus({ status: 'in_transit', detail: 'weather_delay' })
 */
export const toCanonicalStatus = ({
  status,
  detail,
  text = '',
}: {
  readonly status: string;
  readonly detail: string;
  readonly text?: string;
}): Meaning => {
  if (!Object.hasOwn(meaningByStatus, status)) return { status: 'unknown', unmapped: true };
  const known = detail === '' || Object.hasOwn(meaningByDetail, detail);
  const meaning = meaningOf(status, detail);
  const explained =
    meaning.status === 'in_transit' && meaning.reason === undefined
      ? (customsTexts.find(([pattern]) => pattern.test(text))?.[1] ?? meaning)
      : meaning;
  return known ? explained : { ...explained, unmapped: true };
};

const meaningOf = (status: string, detail: string): Meaning => {
  const pair = `${status}/${detail}`;
  if (Object.hasOwn(meaningByPair, pair)) return meaningByPair[pair] as Meaning;
  const byDetail = Object.hasOwn(meaningByDetail, detail) ? meaningByDetail[detail] : undefined;
  const byStatus = meaningByStatus[status] as Meaning;
  return byDetail !== undefined && detailExplains(status) ? byDetail : byStatus;
};
