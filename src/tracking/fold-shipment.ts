import { canonicalJson } from '../platform/ids.ts';
import { fold, type TrackingState } from './fold.ts';
import { isTerminal, rankOf, type TrackingEvent, type TrackingFlag, tierOf } from './status.ts';

/**
 * The state of a shipment of one or more parcels: that of the parcel which is furthest from
 * delivery, so that a shipment is delivered when all its parcels are. Scans that name no parcel
 * are of the only one, or move all of them and end none.
 *
 * `parcelCount` is how many parcels were handed over, where that is known: those which were never
 * scanned are waited for.
 *
 * @example foldShipment([...firstParcel, ...secondParcel], { parcelCount: 2 })
 */
export const foldShipment = (
  scans: Iterable<TrackingEvent>,
  { parcelCount = 1 }: { readonly parcelCount?: number } = {},
): TrackingState => {
  const { byParcel, common } = groups(scans);
  if (byParcel.size === 0 && parcelCount <= 1) return fold(common);
  const onTheWay = common.filter(({ status }) => !isTerminal(status));
  const states = [...byParcel.values()].map((own) => fold([...onTheWay, ...own]));
  const unseen = Math.max(0, parcelCount - states.length);
  return combined([...states, ...Array.from({ length: unseen }, () => fold(onTheWay))]);
};

const groups = (scans: Iterable<TrackingEvent>) => {
  const byParcel = new Map<string, TrackingEvent[]>();
  const common: TrackingEvent[] = [];
  for (const scan of scans) {
    if (scan.parcel === undefined) common.push(scan);
    else byParcel.set(scan.parcel, [...(byParcel.get(scan.parcel) ?? []), scan]);
  }
  return { byParcel, common };
};

const combined = (states: readonly TrackingState[]): TrackingState => {
  const [last, ...others] = [...states].sort(furthestFromDelivery);
  const worst = last as TrackingState;
  const flags = new Set<TrackingFlag>(states.flatMap((state) => state.flags));
  if (others.some(({ status }) => status !== worst.status)) flags.add('parcels_differ');
  return { ...worst, flags: [...flags].sort() };
};

/** Lower tiers first; of several ends, one that is no delivery; of equals, the latest. */
const furthestFromDelivery = (left: TrackingState, right: TrackingState): number => {
  const tiers = tierOf(left.status) - tierOf(right.status);
  if (tiers !== 0) return tiers;
  const ranks = rankOf(left.status) - rankOf(right.status);
  if (ranks !== 0) return isTerminal(left.status) ? -ranks : ranks;
  if (left.enteredAt !== right.enteredAt) {
    return (left.enteredAt ?? '') > (right.enteredAt ?? '') ? -1 : 1;
  }
  return canonicalJson(left) < canonicalJson(right) ? -1 : 1;
};
