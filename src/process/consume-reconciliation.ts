import type { BreakEvent, TradelaneEvent } from '../../events/index.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import type { EventStore } from '../platform/event-store.ts';
import { breakStream } from '../platform/ids.ts';
import { type Lane, lanesOf } from '../reconciliation/lane.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { summarizeBreak } from './break-view.ts';
import { expectationsOf } from './expectations-of.ts';
import { done, type Handled } from './handled.ts';
import type { ViewStore } from './views.ts';

export const ReconciliationMessage = RoutedRecord;

export type ConsumeReconciliationPorts = {
  readonly lanes: Pick<LaneStore, 'addItems' | 'addWork'>;
  readonly breaks: Pick<EventStore<BreakEvent>, 'load'>;
  readonly views: Pick<ViewStore, 'putBreak'>;
  /** Has a lane looked at now; for all else the clock will do. */
  readonly match: (lane: Lane, breakId: string) => Promise<void>;
};

/**
 * Writes down what the books expect others to say, shows breaks as they stand, and puts the items of a
 * break that a person resolved to work, for the matching to close them. So it does with a payment that came
 * back where a person explains it: of one that was too little, more may be allowed by now. It matches
 * nothing itself.
 */
export const consumeReconciliation =
  ({ lanes, breaks, views, match }: ConsumeReconciliationPorts) =>
  async ({ record }: RoutedRecord): Promise<Handled> => {
    await lanes.addItems(expectationsOf(record));
    if (!record.streamId.startsWith('break#')) return done;
    const summary = summarizeBreak(await breaks.load(breakStream(record.tradeId)));
    if (summary === undefined) return done;
    await views.putBreak(summary);
    const isAgain = ({ type }: TradelaneEvent) =>
      type === 'BreakExplained' && summary.kind === 'returned';
    if (!record.events.some((event) => isResolving(event) || isAgain(event))) return done;
    const matched = record.events.filter((event) => event.type === 'BreakMatched');
    const items = [summary, ...matched].flatMap(({ left, right }) => [...left, ...right]);
    for (const lane of lanesOf(summary.rec)) {
      await lanes.addWork(lane, [...new Set(items)]);
      await match(lane, summary.breakId);
    }
    return done;
  };

const RESOLVING: ReadonlySet<TradelaneEvent['type']> = new Set([
  ...(['BreakMatched', 'BreakWrittenOff', 'BreakSentBack'] as const),
]);

const isResolving = ({ type }: TradelaneEvent): boolean => RESOLVING.has(type);
