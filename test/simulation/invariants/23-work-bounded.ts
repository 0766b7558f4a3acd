import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { eventsOf, nameOf } from './support/history.ts';

/** What one trade may cost at most, whatever goes wrong around it. */
export const BUDGET = {
  /** Items of the events table, over all streams of a trade; a daily look at what waits is beside it. */
  records: 60,
  /** Items of each attempt to pay after a payout's first. */
  attemptRecords: 6,
  /** Items of a seller's own stream for each of the seller's trades: payouts meet debts and credits there. */
  sellerRecords: 20,
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
    const owners = Map.groupBy(world.records, ownerOf);
    for (const [tradeId, records] of owners) {
      if (tradeId !== SHARED) checkItems(tradeId, records, report);
    }
    checkSellers(owners.get(SHARED) ?? [], world, report);
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
  const again = eventsOf(records, 'PayoutReissued').length;
  if (items > BUDGET.records + again * BUDGET.attemptRecords) report(tradeId, `${items} items`);
  const units = records.reduce((sum, record) => sum + writeUnits(record), 0);
  if (units > BUDGET.writeUnits) report(tradeId, `${units} write units`);
}

/** A seller's stream is all the seller's trades' together, though the first of them began it. */
const SHARED = 'shared';
const NAMED = 'PayoutAccountRegistered';

const ownerOf = ({ streamId, tradeId }: TradelaneRecord): string =>
  nameOf(streamId).aggregate === 'seller' ? SHARED : tradeId;

function checkSellers(
  shared: readonly TradelaneRecord[],
  { records }: World,
  report: Report,
): void {
  const opened = eventsOf(records, 'TradeOpened');
  const trades = Map.groupBy(opened, ({ seller }) => seller.payoutAccountId);
  // A seller may name another bank account as often as it likes.
  const met = shared.filter(({ events }) => events.some(({ type }) => type !== NAMED));
  for (const [streamId, own] of Map.groupBy(met, (record) => record.streamId)) {
    // A bank account stands under a name of its own, and is one trade's here.
    const count = trades.get(nameOf(streamId).id)?.length ?? 1;
    if (own.length > count * BUDGET.sellerRecords) {
      report(own[0]?.tradeId ?? null, `${own.length} items of a seller of ${count} trades`);
    }
  }
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
