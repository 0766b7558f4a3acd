import { instantOf } from './order.ts';
import type { TrackingEvent } from './status.ts';

/**
 * How long before its label a parcel may have been scanned: clocks differ, a time without its zone
 * is off by up to 14 hours, and a label's time may be the day's.
 */
const MARGIN_MS = 36 * 3_600_000;

/**
 * Carriers use tracking numbers again, after months. Scans from before the label are of the parcel
 * that had the number then, and are refused.
 */
export const withoutRecycled = (
  scans: readonly TrackingEvent[],
  labeledAt: string | undefined,
): { readonly own: readonly TrackingEvent[]; readonly recycled: readonly TrackingEvent[] } => {
  const earliest =
    labeledAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(labeledAt) - MARGIN_MS;
  const isOwn = (scan: TrackingEvent) => instantOf(scan) >= earliest;
  return { own: scans.filter(isOwn), recycled: scans.filter((scan) => !isOwn(scan)) };
};
