import type { TradelaneEvent } from '../../events/index.ts';
import { journalize } from '../../src/ledger/journalize.ts';
import type { EventRecord } from '../../src/platform/event-store.ts';
import { toJson } from '../../src/platform/json.ts';
import { later, marketplaceId, story, tradeId } from './builders.ts';

const opened = '2026-11-23T08:00:00.000Z';

/** A record of the story's trade: its events with the journal that the ledger gives them. */
export const recordOf = (
  streamId: string,
  sequence: number,
  events: readonly TradelaneEvent[] = [story.escrowFunded],
): EventRecord<TradelaneEvent> => ({
  streamId,
  sequence,
  recordedAt: later(opened, sequence),
  tradeId,
  marketplaceId,
  cause: `stripe#pi_${sequence}#payment_intent.succeeded/RecordPayment`,
  events,
  journal: events.flatMap(journalize),
});

/** A record of so many kilobytes: a trade with that many lines. */
export const largeRecordOf = (
  streamId: string,
  sequence: number,
  kilobytes: number,
): EventRecord<TradelaneEvent> => {
  const [item] = story.tradeOpened.items;
  if (item === undefined) throw new Error('The sample trade has no items.');
  const bytes = toJson(item).length;
  const items = Array.from({ length: Math.ceil((kilobytes * 1_024) / bytes) }, () => item);
  return recordOf(streamId, sequence, [{ ...story.tradeOpened, items }]);
};
