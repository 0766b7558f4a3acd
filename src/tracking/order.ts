import { canonicalJson } from '../platform/ids.ts';
import { rankOf, type TrackingEvent } from './status.ts';

/** Milliseconds since 1970 of the scan itself, never of its arrival. */
export const instantOf = (scan: TrackingEvent): number => Date.parse(scan.occurredAt);

/**
 * Each scan once, in the order of what happened: by time, then the provider's own sequence, then
 * rank, then key. The order of arrival plays no part. Where one key came with two contents, one that
 * was signed is kept, then the first in text order, so that this too does not depend on arrival.
 */
export const inOrder = (scans: Iterable<TrackingEvent>): readonly TrackingEvent[] => {
  const byKey = new Map<string, TrackingEvent>();
  for (const scan of scans) {
    const known = byKey.get(scan.key);
    byKey.set(scan.key, known === undefined ? scan : moreTrusted(known, scan));
  }
  return [...byKey.values()].sort(
    (left, right) =>
      instantOf(left) - instantOf(right) ||
      (left.sequence ?? 0) - (right.sequence ?? 0) ||
      rankOf(left.status) - rankOf(right.status) ||
      (left.key < right.key ? -1 : 1),
  );
};

/**
 * The incoming scans that are not known yet, each once, in order; and those that were known from
 * unsigned webhooks only, and are signed now.
 */
export const mergeEvents = (
  known: Iterable<TrackingEvent>,
  incoming: Iterable<TrackingEvent>,
): readonly TrackingEvent[] => {
  const [signed, unsigned] = [new Set<string>(), new Set<string>()];
  for (const scan of known) (isSigned(scan) ? signed : unsigned).add(scan.key);
  return inOrder(incoming).filter(
    (scan) => !signed.has(scan.key) && (isSigned(scan) || !unsigned.has(scan.key)),
  );
};

/** Whether a scan was told in a signed webhook, or in answer to our own question. */
export const isSigned = ({ unsigned }: TrackingEvent): boolean => unsigned !== true;

const moreTrusted = (left: TrackingEvent, right: TrackingEvent): TrackingEvent => {
  if (isSigned(left) !== isSigned(right)) return isSigned(left) ? left : right;
  return firstInText(left, right);
};

const firstInText = (left: TrackingEvent, right: TrackingEvent): TrackingEvent =>
  canonicalJson(left) <= canonicalJson(right) ? left : right;
