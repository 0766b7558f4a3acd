import type { TrackingEvent } from '../../events/shipment/tracking-event.v1.ts';
import { canonicalJson, sha256Hex } from '../platform/ids.ts';
import { isDelivery, withNews } from '../shipment/delivery.ts';
import type { TrackingResult } from '../shipment/scans.ts';
import type { LabeledShipment, ShipmentState } from '../shipment/shipment.ts';
import { foldShipment } from '../tracking/fold-shipment.ts';
import { isSigned, mergeEvents } from '../tracking/order.ts';
import { withoutRecycled } from '../tracking/recycled.ts';
import { isTerminal, type TrackingStatus, tierOf } from '../tracking/status.ts';

/** By what a provider follows a parcel. */
export type Followed = {
  readonly trackerId: string;
  readonly trackingNumber?: string | undefined;
};

/** Scans, and whose they are. */
export type Told = { readonly followed: Followed; readonly scans: readonly TrackingEvent[] };

/**
 * Folds what is known and what is new, against the state that it will be decided on. A delivery counts
 * for money where it stands on signed scans and our own questions alone: what is not signed can hold
 * money back, and never release it. A delivery that only unsigned scans tell of is `unconfirmed`.
 */
export function trackingResult(state: ShipmentState, news: readonly Told[]): TrackingResult {
  const labeled = state.status === 'labeled' ? state : undefined;
  const known = labeled?.scans ?? [];
  const incoming = news.flatMap(({ followed, scans }) => ofParcel(labeled, followed, scans));
  const { own, recycled } = withoutRecycled(incoming, labeled?.label.purchasedAt);
  const newScans = mergeEvents(known, own);
  const all = withNews(known, newScans);
  const signed = all.filter(isSigned);
  const parcelCount = Math.max(1, labeled?.parcels.length ?? 1);
  const told = foldShipment(all, { parcelCount });
  const trusted =
    signed.length === all.length
      ? told
      : foldShipment(signed, { parcelCount: Math.max(parcelCount, namedParcels(all)) });
  // Once shown it stays: what came before is not kept, so nothing else would tell of it.
  const isReused = recycled.length > 0 || labeled?.trackingFlags.includes('recycled') === true;
  const flags = [
    ...told.flags,
    ...(isReused ? ['recycled'] : []),
    ...(isDelivery(told) && !isDelivery(trusted) ? ['unconfirmed'] : []),
  ].sort();
  const { status } = told;
  const { enteredAt, enteredBy } = trusted;
  return {
    status,
    flags,
    newScans,
    isRecycled: own.length === 0 && recycled.length > 0,
    delivery:
      isDelivery({ status, flags }) && enteredAt !== undefined
        ? { deliveredAt: enteredAt, evidenceSha256: evidence(signed, enteredBy) }
        : null,
  };
}

/**
 * As `trackingResult`, for what carriers answered that were asked. Where none of them says that the parcel
 * was delivered, and one has it on its way, a delivery that others told of is contradicted; that lasts
 * until one of them says so, too.
 */
export function answeredResult(state: ShipmentState, told: readonly Told[]): TrackingResult {
  const result = trackingResult(state, told);
  if (result.delivery === null || state.status !== 'labeled') return result;
  const answer = statusTold(state, told);
  const isInDoubt = state.trackingFlags.includes('provider_conflict')
    ? answer !== 'delivered'
    : isOnItsWay(answer);
  if (!isInDoubt) return result;
  return { ...result, flags: [...result.flags, 'provider_conflict'].sort(), delivery: null };
}

/** What those who were asked say alone, of as many parcels as they know. */
function statusTold(state: LabeledShipment, told: readonly Told[]): TrackingStatus {
  const scans = told.flatMap(({ followed, scans: own }) => ofParcel(state, followed, own));
  const { own } = withoutRecycled(scans, state.label.purchasedAt);
  return foldShipment(own, { parcelCount: Math.max(1, namedParcels(own)) }).status;
}

/** The carrier has the parcel. One that never had it says nothing of where it is. */
const isOnItsWay = (status: TrackingStatus): boolean => tierOf(status) >= 2 && !isTerminal(status);

/** How many parcels are told of: one that only unsigned scans name must be delivered, too. */
const namedParcels = (scans: readonly TrackingEvent[]): number =>
  new Set(scans.flatMap(({ parcel }) => parcel ?? [])).size;

/**
 * Where several parcels go under one label, a scan is of the parcel whose tracker or number told it.
 * One that is told of the shipment as a whole stays so: it moves all parcels and ends none.
 */
const ofParcel = (
  labeled: LabeledShipment | undefined,
  { trackerId, trackingNumber }: Followed,
  scans: readonly TrackingEvent[],
): readonly TrackingEvent[] => {
  const parcels = labeled?.parcels ?? [];
  const own = parcels.filter((parcel) => parcel.trackerId === trackerId);
  const parcel =
    own.length === 1
      ? own[0]
      : parcels.find((one) => one.trackingNumber === (trackingNumber ?? trackerId));
  return parcel === undefined
    ? scans
    : scans.map((scan) => ({ parcel: parcel.trackingNumber, ...scan }));
};

/** When a delivery that is reported now counts; undefined where it counts at once. */
export const stableAt = ({
  now,
  graceSeconds,
}: {
  readonly now: () => Date;
  readonly graceSeconds: number;
}): string | undefined =>
  graceSeconds === 0 ? undefined : new Date(now().getTime() + graceSeconds * 1_000).toISOString();

/** The hash of the scan that delivered the parcel, in canonical JSON. */
const evidence = (scans: readonly TrackingEvent[], key: string | undefined): string =>
  sha256Hex(canonicalJson(scans.find((scan) => scan.key === key) ?? null));
