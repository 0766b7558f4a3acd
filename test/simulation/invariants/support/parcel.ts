import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TrackingEvent } from '../../../../events/shipment/tracking-event.v1.ts';
import { eventsOf, firstOf } from './history.ts';

/**
 * The reference model of a parcel, from the tiers of the canonical statuses: a higher tier wins,
 * inside tier 3 the later scan does, and an end is left only for a later return.
 */
const TIERS: Readonly<Record<string, number>> = {
  label_created: 1,
  picked_up: 2,
  in_transit: 3,
  customs_processing: 3,
  customs_held: 3,
  out_for_delivery: 3,
  available_for_pickup: 3,
  delivery_attempted: 3,
  exception: 3,
  returning: 4,
  delivered: 5,
  returned: 5,
  failed: 5,
  cancelled: 5,
};

const END = 5;
const tierOf = (status: string): number => TIERS[status] ?? 0;
const isReturn = (status: string): boolean => status === 'returning' || status === 'returned';

type Scan = Pick<TrackingEvent, 'status' | 'occurredAt' | 'synthetic'>;

/** Where a parcel is after all of its scans, whatever the order in which they came. */
export function parcelStatus(scans: readonly Scan[]): string {
  const ordered = scans
    .filter(({ synthetic }) => synthetic !== true)
    .sort(
      (left, right) =>
        Date.parse(left.occurredAt) - Date.parse(right.occurredAt) ||
        tierOf(left.status) - tierOf(right.status),
    );
  let status = 'unknown';
  let wentBack = false;
  for (const scan of ordered) {
    const said = wentBack && scan.status === 'delivered' ? 'returned' : scan.status;
    const isLeft = status === 'delivered' && isReturn(said);
    const isNews = tierOf(status) < END && tierOf(said) > 0 && tierOf(said) >= tierOf(status);
    if (isLeft || isNews) status = said;
    wentBack ||= isReturn(status);
  }
  return status;
}

/** What says the least of a delivery comes first; of several ends, one that is no delivery. */
const farFromDelivery = (status: string): number =>
  status === 'delivered' ? END + 1 : tierOf(status);

/**
 * What a shipment may be recorded as: as the parcel that is furthest from delivery. Parcels that were
 * never scanned are of no status, and of equals any will do.
 */
export function shipmentStatuses(records: readonly TradelaneRecord[]): ReadonlySet<string> {
  const scans = scansOf(records);
  const numbers = parcelsOf(records).map(({ trackingNumber }) => trackingNumber);
  const parcels =
    numbers.length < 2
      ? [parcelStatus(scans)]
      : numbers.map((number) => parcelStatus(scans.filter(({ parcel }) => parcel === number)));
  const furthest = Math.min(...parcels.map(farFromDelivery));
  return new Set(parcels.filter((status) => farFromDelivery(status) === furthest));
}

/** The parcels under a shipment's label; none before it is bought. */
export function parcelsOf(
  records: readonly TradelaneRecord[],
): readonly { readonly trackerId: string; readonly trackingNumber: string }[] {
  const label = firstOf(records, 'LabelPurchased');
  return firstOf(records, 'ParcelsLabeled')?.parcels ?? (label === undefined ? [] : [label]);
}

/** Every scan that a shipment's stream has recorded. */
export const scansOf = (records: readonly TradelaneRecord[]): readonly TrackingEvent[] =>
  eventsOf(records, 'TrackingUpdated').flatMap(({ scans }) => scans);
