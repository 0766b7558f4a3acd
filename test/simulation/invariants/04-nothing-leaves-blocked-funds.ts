import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { scopedBalance } from './support/balances.ts';
import { openCase, spansOf } from './support/blocks.ts';
import { type EventOf, type EventType, escrowOf, firstOf, payoutOf } from './support/history.ts';

/** What gives money of a trade away, or promises it. */
const MOVES: ReadonlySet<EventType> = new Set([
  'MilestoneReleased',
  'RefundValued',
  'RefundRetried',
  'DutiesEarmarked',
  'DutiesPaid',
  'HoldLimitForced',
  'CancellationRequested',
] satisfies EventType[]);

/** A call that asked before the block may be under way for so long; one that is repeated is not. */
const ON_ITS_WAY_MS = 2_400_000;

/**
 * While the funds of a trade are blocked nothing of them is given away: no decision gives, no account but
 * the blocked funds has any of it, nothing is sent; and one person alone never lifts the block.
 */
export const nothingLeavesBlockedFunds = invariant({
  name: '04-nothing-leaves-blocked-funds',
  number: 4,
  when: 'step',
  find: (world, report) => {
    for (const record of world.step.appended) {
      if (record.streamId.startsWith('escrow#')) checkEscrow(world, record, report);
      if (record.streamId.startsWith('payout#')) checkPayout(world, record, report);
    }
    for (const { id, tradeId, createdAtMs } of world.step.transfers) {
      if (tradeId !== null && isLongBlocked(escrowOf(world, tradeId), createdAtMs)) {
        report(tradeId, `${id} was sent while the funds were blocked`);
      }
    }
  },
});

function checkEscrow(world: World, record: TradelaneRecord, report: Report): void {
  const { tradeId, sequence, events } = record;
  const records = escrowOf(world, tradeId);
  const before = openCase(records.filter((one) => one.sequence < sequence));
  for (const event of events) {
    if (before !== undefined && MOVES.has(event.type) && !isFreed(events)) {
      report(tradeId, `${event.type} while the funds are blocked by ${before}`);
    }
    if (event.type === 'FundsUnblocked' && event.proposedBy === event.approvedBy) {
      report(tradeId, `${event.approvedBy} alone has lifted the block`);
    }
  }
  if (openCase(records) !== undefined) checkStanding(records, report);
}

/** What follows the end of a block in the same record may move again. */
const isFreed = (events: TradelaneRecord['events']): boolean =>
  events.some(({ type }) => type === 'FundsUnblocked');

/** Nothing is left on the trade's own accounts, but what receipts brought, which others book. */
function checkStanding(records: readonly TradelaneRecord[], report: Report): void {
  const terms = firstOf(records, 'TradeOpened');
  if (terms === undefined || firstOf(records, 'EscrowFunded')?.receiptIds !== undefined) return;
  const { tradeId, amount, quote } = terms;
  for (const [account, { currency }] of [
    ['2100', amount],
    ['2000', quote.sell],
  ] as const) {
    const left = -scopedBalance(records, { account, scope: tradeId, currency });
    if (left !== 0n) report(tradeId, `blocked, and ${left} ${currency} stands on ${account}`);
  }
}

/** Nothing is asked for of a payout that owes blocked money. */
function checkPayout(world: World, record: TradelaneRecord, report: Report): void {
  const asked = record.events.filter(
    (event) => event.type === 'PayoutRequested' || event.type === 'PayoutReissued',
  ) as readonly (EventOf<'PayoutRequested'> | EventOf<'PayoutReissued'>)[];
  for (const { payoutId, tradeId } of asked) {
    const open = new Set<string>();
    const until = payoutOf(world, payoutId).filter(({ sequence }) => sequence <= record.sequence);
    for (const event of until.flatMap(({ events }) => events)) {
      if (event.type === 'PayoutBlocked') open.add(event.blockedTradeId);
      if (event.type === 'PayoutUnblocked') open.delete(event.blockedTradeId);
    }
    // What turns out to have been sent is let go by the same record.
    if (open.size > 0) report(tradeId, `${payoutId} is asked for, and blocked`);
  }
}

/** Blocked for longer than a call may be on its way, by whichever clock. */
const isLongBlocked = (records: readonly TradelaneRecord[], atMs: number): boolean =>
  spansOf(records).some(
    ({ fromMs, untilMs = Number.POSITIVE_INFINITY }) =>
      atMs > fromMs + ON_ITS_WAY_MS && atMs < untilMs - ON_ITS_WAY_MS,
  );
