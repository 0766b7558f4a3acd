import { instantOf } from './order.ts';
import { providerOf } from './scan-key.ts';
import {
  isTerminal,
  type TrackingEvent,
  type TrackingFlag,
  type TrackingStatus,
  tierOf,
} from './status.ts';

/** Where a parcel stands part of the way through its scans. */
export type Standing = {
  readonly status: TrackingStatus;
  readonly reason: string | undefined;
  /** The scan that entered the status; undefined only at the start. */
  readonly enteredBy: TrackingEvent | undefined;
  /** Once a parcel went back, "delivered" means delivered to its sender. */
  readonly goingBack: boolean;
  /** True from a scan that contradicts itself until a plain one enters a status. */
  readonly inDoubt: boolean;
};

/** What one more scan does: it enters a status or leaves things as they are, and may raise a flag. */
export type Verdict =
  | { readonly kind: 'enter'; readonly status: TrackingStatus; readonly flag?: TrackingFlag }
  | { readonly kind: 'stay'; readonly flag?: TrackingFlag };

const STAY: Verdict = { kind: 'stay' };
const STALE: Verdict = { kind: 'stay', flag: 'stale' };
const CONFLICT: Verdict = { kind: 'stay', flag: 'provider_conflict' };
const ACTIVITY: Verdict = { kind: 'stay', flag: 'post_terminal_activity' };

const enter = (status: TrackingStatus): Verdict => ({ kind: 'enter', status });
const enterInDoubt = (status: TrackingStatus): Verdict => ({
  kind: 'enter',
  status,
  flag: 'provider_conflict',
});

/** Clocks span 26 hours of the world; a time without its zone is off by at most 14 of them. */
const UNKNOWN_ZONE_MARGIN_MS = 14 * 3_600_000;

/**
 * The merge rule: what the next scan in order does to a parcel's standing.
 *
 * Tiers rise; inside tier 3 the later scan wins; tier 0 says nothing. A delivery is left only for a
 * later return. A lost parcel may be found. A label can be voided only before handover, and one that
 * was voided and yet reached an end is a contradiction that shows.
 */
export const judge = (standing: Standing, scan: TrackingEvent): Verdict => {
  const tier = tierOf(scan.status);
  if (tier === 0) return judgeSilence(standing, scan);
  if (isTerminal(standing.status)) return judgeAfterEnd(standing, scan);
  if (scan.status === 'cancelled') {
    return tierOf(standing.status) <= 1 ? enter('cancelled') : CONFLICT;
  }
  if (tier < tierOf(standing.status)) return tier <= 2 ? STALE : STAY;
  return enter(arrival(standing, scan));
};

/** A provider that no longer knows where a parcel is says less than its scans did. */
const judgeSilence = ({ status }: Standing, { synthetic }: TrackingEvent): Verdict =>
  synthetic === true && tierOf(status) > 0 ? STALE : STAY;

const arrival = ({ goingBack }: Standing, { status }: TrackingEvent): TrackingStatus =>
  goingBack && status === 'delivered' ? 'returned' : status;

const judgeAfterEnd = (standing: Standing, scan: TrackingEvent): Verdict => {
  const status = arrival(standing, scan);
  if (status === standing.status) return STAY;
  const tier = tierOf(status);
  if (tier <= 2) return standing.status === 'cancelled' && tier === 2 ? ACTIVITY : STALE;
  const later = isLater(standing.enteredBy, scan);
  if (tier === 3) return later ? ACTIVITY : STAY;
  if (standing.status === 'returned' && status === 'returning') return STAY;
  return later ? leaveEnd(standing, status) : CONFLICT;
};

const leaveEnd = ({ status, reason }: Standing, next: TrackingStatus): Verdict => {
  const goesBack = next === 'returning' || next === 'returned';
  switch (status) {
    case 'delivered':
      return goesBack ? enter(next) : CONFLICT;
    case 'failed': {
      if (next === 'cancelled') return CONFLICT;
      const mayBeFound = reason === undefined || reason === 'lost';
      return mayBeFound ? enter(next) : enterInDoubt(next);
    }
    case 'cancelled':
      return enterInDoubt(next);
    default:
      return CONFLICT;
  }
};

/** Two providers that do not both tell their zone must differ by more than any zone could. */
const isLater = (entered: TrackingEvent | undefined, scan: TrackingEvent): boolean => {
  if (entered === undefined) return true;
  const comparable =
    (entered.timeZoneKnown && scan.timeZoneKnown) ||
    providerOf(entered.key) === providerOf(scan.key);
  return instantOf(scan) - instantOf(entered) > (comparable ? 0 : UNKNOWN_ZONE_MARGIN_MS);
};
