import type { TrackingEvent, TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';

export type { TrackingEvent, TrackingStatus };

/**
 * How far along a parcel is. A higher tier wins over a lower one; inside tier 3 the later scan wins.
 * Tier 0 says nothing, 1 and 2 never come back, 4 is on its way back, 5 is an end.
 */
export type TrackingTier = 0 | 1 | 2 | 3 | 4 | 5;

const tierByStatus: Readonly<Record<TrackingStatus, TrackingTier>> = {
  unknown: 0,
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

export const tierOf = (status: TrackingStatus): TrackingTier => tierByStatus[status];

const rankByStatus = new Map(Object.keys(tierByStatus).map((status, rank) => [status, rank]));

/**
 * Orders what was scanned at one instant: by tier, then as the statuses are listed. A delivery
 * comes before the other ends, which therefore contradict it rather than replace it.
 */
export const rankOf = (status: TrackingStatus): number => rankByStatus.get(status) ?? 0;

/** True where nothing more is expected: delivered, returned, failed or canceled. */
export const isTerminal = (status: TrackingStatus): boolean => tierByStatus[status] === 5;

/**
 * Why a parcel is in its status: a second axis, since one reason (damage, say) goes with several
 * statuses. The list grows as carriers do, so stored scans hold it as text.
 */
export type TrackingReason =
  | 'customs_docs'
  | 'customs_duty_unpaid'
  | 'customs_prohibited'
  | 'customs_cleared'
  | 'address'
  | 'refused'
  | 'recipient_absent'
  | 'damaged'
  | 'lost'
  | 'weather'
  | 'security'
  | 'carrier_delay'
  | 'payment'
  | 'missort';

/**
 * What a person should know beside the status.
 * - `stale`: a scan says less than was already known at its time, so it was left out.
 * - `post_terminal_activity`: the parcel moved after its end.
 * - `unmapped`: the provider used a code that we do not know.
 * - `provider_conflict`: the provider contradicts itself. No money may move on such a status.
 * - `recycled`: the number was another parcel's before; what was scanned then is left out.
 * - `parcels_differ`: the parcels of one shipment are not in one status.
 * - `unconfirmed`: only unsigned webhooks tell of the delivery. No money may move on it.
 */
export type TrackingFlag =
  | 'stale'
  | 'post_terminal_activity'
  | 'unmapped'
  | 'provider_conflict'
  | 'recycled'
  | 'parcels_differ'
  | 'unconfirmed';
