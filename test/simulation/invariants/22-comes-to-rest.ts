import type { PlannedTrade, World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { openCase } from './support/blocks.ts';
import { escrowOf, eventsOf, nameOf } from './support/history.ts';
import { publicStatus, walk } from './support/lifecycle.ts';

/** Statuses of a shipment or payout in which something was intended and is not done. */
const PENDING: Readonly<Record<string, ReadonlySet<string>>> = {
  shipment: new Set(['requested', 'prepared']),
  payout: new Set(['requested', 'submitted', 'failed', 'returned']),
  batch: new Set(['open']),
};

/**
 * After the faults have stopped everything comes to an end, or waits for a person that the scenario
 * names: no intent is pending, no deadline overdue, and no payment open for a trade that is closed.
 */
export const comesToRest = invariant({
  name: '22-comes-to-rest',
  number: 22,
  when: 'rest',
  find: (world, report) => {
    if (world.restless !== null) report(null, world.restless);
    for (const trade of world.trades) checkTrade(world, trade, report);
    for (const [streamId, records] of world.streams) {
      const { status } = walk(streamId, records);
      const tradeId = records[0]?.tradeId ?? null;
      // What a block that nobody lifts holds back waits for that.
      const isBlocked = tradeId !== null && openCase(escrowOf(world, tradeId)) !== undefined;
      const { aggregate } = nameOf(streamId);
      if (aggregate === 'payout' && status === 'failed' && isBlocked) continue;
      if (PENDING[aggregate]?.has(status) === true) {
        report(tradeId, `${streamId} is ${status} for ever`);
      }
    }
    for (const { deadline, subjectId, dueAt, tradeId } of world.views.deadlines.values()) {
      if (Date.parse(dueAt) <= world.nowMs()) {
        report(tradeId, `${deadline} of ${subjectId} was due at ${dueAt}`);
      }
    }
    checkOpenPayments(world, report);
    checkRefunds(world, report);
  },
});

function checkTrade(world: World, trade: PlannedTrade, report: Report): void {
  const { tradeId, ends, script, scriptError, scenario } = trade;
  const status = publicStatus(escrowOf(world, tradeId));
  if (script !== 'finished') report(tradeId, `the script is ${script}: ${scriptError}`);
  if (!(ends as ReadonlySet<string>).has(status)) {
    report(tradeId, `${scenario} rests as ${status}, expected ${[...ends].join(' or ')}`);
  }
}

/** A refund that was asked for is made or called off, whatever the trade has come to. */
function checkRefunds({ trades, ...world }: World, report: Report): void {
  for (const { tradeId } of trades) {
    const records = escrowOf({ ...world, trades }, tradeId);
    if (openCase(records) !== undefined) continue;
    const ended = new Set(
      [...eventsOf(records, 'RefundSettled'), ...eventsOf(records, 'RefundCanceled')].map(
        ({ refundId }) => refundId,
      ),
    );
    for (const { refundId } of eventsOf(records, 'RefundRequested')) {
      if (!ended.has(refundId)) report(tradeId, `${refundId} is on its way for ever`);
    }
  }
}

function checkOpenPayments(world: World, report: Report): void {
  for (const { id, tradeId, status } of world.stripe.intents.values()) {
    const isOpen = status === 'requires_payment_method' || status === 'requires_action';
    if (tradeId === null || !isOpen) continue;
    const trade = publicStatus(escrowOf(world, tradeId));
    if (trade !== 'awaiting_payment') report(tradeId, `${id} can be paid for a ${trade} trade`);
  }
}
