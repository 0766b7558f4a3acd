import { inOrder, instantOf } from './order.ts';
import {
  isTerminal,
  type TrackingEvent,
  type TrackingFlag,
  type TrackingStatus,
  tierOf,
} from './status.ts';
import { judge, type Standing } from './verdict.ts';

/** What all known scans together say of a parcel. */
export type TrackingState = {
  readonly status: TrackingStatus;
  readonly reason?: string;
  /** True where nothing more is expected; a later return still moves it. */
  readonly terminal: boolean;
  /** When the parcel entered its status, by the carrier's clock; absent while nothing is known. */
  readonly enteredAt?: string;
  /** The key of the scan that says so: the evidence. */
  readonly enteredBy?: string;
  /** In alphabetical order. */
  readonly flags: readonly TrackingFlag[];
};

const START: Standing = {
  status: 'unknown',
  reason: undefined,
  enteredBy: undefined,
  goingBack: false,
  inDoubt: false,
};

/**
 * The state of a parcel as a pure fold over its set of scans: their order of arrival and their
 * repetition make no difference. See `judge` for the rule.
 *
 * @example fold([scan('in_transit'), scan('delivered')]).status // 'delivered'
 */
export const fold = (scans: Iterable<TrackingEvent>): TrackingState => {
  const ordered = inOrder(scans);
  const flags = new Set<TrackingFlag>();
  let standing = START;
  for (const scan of ordered) {
    if (scan.unmapped === true) flags.add('unmapped');
    const verdict = judge(standing, scan);
    if (verdict.kind === 'enter') standing = entered(standing, verdict.status, scan);
    else if (scan.contradictory === true) standing = { ...standing, inDoubt: true };
    if (verdict.flag !== undefined) flags.add(verdict.flag);
  }
  if (standing.inDoubt || contradictsSummary(standing, ordered)) flags.add('provider_conflict');
  return toState(standing, [...flags].sort());
};

const entered = (before: Standing, status: TrackingStatus, scan: TrackingEvent): Standing => ({
  status,
  reason: scan.reason,
  enteredBy: before.status === status ? before.enteredBy : scan,
  goingBack: before.goingBack || status === 'returning' || status === 'returned',
  inDoubt: scan.contradictory === true,
});

/**
 * Providers also report one status for the whole shipment, which arrives as a synthetic scan. Where
 * the newest of them names another end than the scans do, or no end at all, someone is wrong.
 */
const contradictsSummary = (
  { status, enteredBy }: Standing,
  ordered: readonly TrackingEvent[],
): boolean => {
  const summary = ordered.findLast((scan) => scan.synthetic === true && tierOf(scan.status) > 0);
  if (summary === undefined || enteredBy === undefined || summary.status === status) return false;
  if (!isTerminal(summary.status) && !isTerminal(status)) return false;
  if (summary.status === 'returning' && status === 'returned') return false;
  return instantOf(summary) >= instantOf(enteredBy);
};

const toState = (
  { status, reason, enteredBy }: Standing,
  flags: readonly TrackingFlag[],
): TrackingState => ({
  status,
  terminal: isTerminal(status),
  flags,
  ...(reason === undefined ? {} : { reason }),
  ...(enteredBy === undefined ? {} : { enteredAt: enteredBy.occurredAt, enteredBy: enteredBy.key }),
});
