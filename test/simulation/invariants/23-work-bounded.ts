import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { eventsOf } from './support/history.ts';

/** What one trade may cost at most, whatever goes wrong around it. */
export const BUDGET = {
  /** Items of the events table, over all streams of a trade; a daily look at what waits is beside it. */
  records: 60,
  /** Write units of those items: one for each kilobyte begun. */
  writeUnits: 120,
  /** Writes that were tried and refused by their condition, on average over the trades. */
  conflicts: 60,
  /** Reads of a stream, on average over the trades. */
  loads: 600,
  /** Calls of the providers, on average over the trades. */
  providerCalls: 200,
} as const;

const BYTES_PER_UNIT = 1_024;
const DAY_MS = 86_400_000;

/**
 * Retries are bounded, and so is what a trade costs: each message is tried no more often than its
 * queue allows, and items, write units, reads and calls stay within a budget.
 */
export const workBounded = invariant({
  name: '23-work-bounded',
  number: 23,
  when: 'rest',
  find: (world, report) => {
    checkTries(world, report);
    for (const [tradeId, records] of Map.groupBy(world.records, (record) => record.tradeId)) {
      checkItems(tradeId, records, report);
    }
    checkAverages(world, report);
  },
});

/** SQS itself moves a message the time after its last try. */
function checkTries({ messages, settings }: World, report: Report): void {
  for (const { messageId, queue, receives } of messages.values()) {
    if (receives > settings.maxReceiveCount + 1) {
      report(null, `${messageId} of ${queue} was received ${receives} times`);
    }
  }
}

function checkItems(tradeId: string, records: readonly TradelaneRecord[], report: Report): void {
  const looks = eventsOf(records, 'PayoutRetryDeferred').length;
  const items = records.length - Math.min(looks, daysOf(records));
  if (items > BUDGET.records) report(tradeId, `${items} items`);
  const units = records.reduce((sum, record) => sum + writeUnits(record), 0);
  if (units > BUDGET.writeUnits) report(tradeId, `${units} write units`);
}

/** How many days a trade's records span, begun ones included. */
function daysOf(records: readonly TradelaneRecord[]): number {
  const times = records.map(({ recordedAt }) => Date.parse(recordedAt));
  return Math.ceil((Math.max(...times) - Math.min(...times)) / DAY_MS);
}

const digits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

const writeUnits = (record: TradelaneRecord): number =>
  Math.ceil(JSON.stringify(record, digits).length / BYTES_PER_UNIT);

function checkAverages({ counters, trades }: World, report: Report): void {
  const check = (what: string, count: number, limit: number): void => {
    if (count > limit * trades.length) report(null, `${count} ${what} for ${trades.length} trades`);
  };
  check('conflicts', counters.eventConflicts, BUDGET.conflicts);
  check('reads', counters.eventLoads, BUDGET.loads);
  check('provider calls', counters.stripeCalls + counters.carrierCalls, BUDGET.providerCalls);
}
