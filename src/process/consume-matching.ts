import type { BreakEvent, PayoutEvent, TreasuryEvent } from '../../events/index.ts';
import type { BankPayoutOutcome } from '../../events/messages/bank-payout-outcome.v1.ts';
import { MatchLane } from '../../events/messages/match-lane.v1.ts';
import type { BankChargeLimits } from '../money/bank-charges.ts';
import type { EventStore } from '../platform/event-store.ts';
import type { BreakCommand } from '../reconciliation/break-commands.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import type { Lane } from '../reconciliation/lane.ts';
import { isIdle, type Plan, type StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { recordMovement } from '../treasury/record-movement.ts';
import { done, type Handled, ignored } from './handled.ts';
import { reopenLate } from './late-expectations.ts';
import { planLane } from './match-lane.ts';
import { nameByUetr } from './named-by-uetr.ts';
import { effectsOf } from './plan-effects.ts';
import { PLATFORM } from './platform-owner.ts';
import { reopenRefused } from './refused-payments.ts';
import { releaseLines } from './release-lines.ts';
import { refundsReturned } from './returned-refunds.ts';
import { stepBreak } from './step-break.ts';

export const MatchingMessage = MatchLane;

export type ConsumeMatchingPorts = {
  readonly lanes: LaneStore;
  readonly breaks: EventStore<BreakEvent>;
  readonly movements: EventStore<TreasuryEvent>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
  readonly tellSettlement: (outcomes: readonly BankPayoutOutcome[]) => Promise<void>;
  /** Has the lane looked at again. */
  readonly goOn: (lane: Lane) => Promise<void>;
  /** What banks may keep of a payment that comes back. */
  readonly bankChargeLimits: BankChargeLimits;
  readonly now: () => Date;
  /** Whether there is time for another round. */
  readonly hasTime: () => boolean;
  /** Longer than this function can live: a lease that has run out is nobody's. */
  readonly leaseSeconds: number;
};

/**
 * So many items are looked at in one round, with all that they are linked to. What dies is done again
 * from the round's beginning: a long one might not come to its end where much goes wrong.
 */
const ROUND = 20;

/**
 * Looks at what is new, due or resolved in a lane until there is nothing more, a round at a time. One
 * run at a time holds the lane; another finds it busy and leaves: the holder looks once more after it
 * has given the lane back, so nothing that was added before is overlooked. A round is decided, stored
 * as a plan, and carried out; a run that dies leaves its plan to the next.
 */
export const consumeMatching =
  (ports: ConsumeMatchingPorts) =>
  async ({ lane, messageId }: MatchLane, runId: string = messageId): Promise<Handled> => {
    const { lanes, now } = ports;
    for (;;) {
      const at = now();
      const until = new Date(at.getTime() + ports.leaseSeconds * 1_000).toISOString();
      const lease = { holder: runId, now: at.toISOString(), until };
      if (!(await lanes.lease(lane, lease))) return ignored('lane busy');
      const unfinished = await lanes.getPlan(lane);
      if (unfinished !== undefined) await carryOut(ports, lane, unfinished);
      const isDone = await workRounds(ports, lane);
      await lanes.release(lane, runId);
      if (!isDone) {
        await ports.goOn(lane);
        return done;
      }
      const today = now().toISOString().slice(0, 'YYYY-MM-DD'.length);
      if ((await lanes.listWork(lane, { today, limit: 1 })).length === 0) return done;
    }
  };

/** True when nothing was left to look at; false when the time was up. */
async function workRounds(ports: ConsumeMatchingPorts, lane: Lane): Promise<boolean> {
  const { lanes, now } = ports;
  while (ports.hasTime()) {
    const today = now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    const work = await lanes.listWork(lane, { today, limit: ROUND });
    if (work.length === 0) return true;
    // What was named or reopened is to be looked at, too.
    if (await nameByUetr(ports, lane, work)) continue;
    if (await reopenLate(ports, lane, work)) continue;
    if (await reopenRefused(ports, lane, work)) continue;
    const plan = await planLane(ports, lane, work);
    if (!isIdle(plan)) {
      await lanes.savePlan(lane, plan);
      // Another plan is made of the same work where persons were faster.
      if (!(await carryOut(ports, lane, plan))) continue;
    }
    await lanes.finishWork(lane, work);
  }
  return false;
}

/**
 * Each step may be repeated. Items last: until then all that the plan is about is as it was. False where
 * a person has resolved a break whose items the plan would use: it is given up, with nothing booked.
 */
async function carryOut(ports: ConsumeMatchingPorts, lane: Lane, plan: Plan): Promise<boolean> {
  const { lanes } = ports;
  if (!(await takeFromBreaks(ports, plan))) {
    await lanes.savePlan(lane, undefined);
    return false;
  }
  const find = await finderOf(lanes, lane, plan);
  const { kept, lost } = await releaseLines(ports, plan, find);
  for (const { breakId, taken } of lost?.reopen ?? []) {
    const command = { type: 'ReopenBreak', taken, at: plan.at } as const;
    await step(ports, { breakId, planId: plan.planId }, command);
  }
  const { movements, outcomes } = effectsOf(kept, find, ports.bankChargeLimits);
  for (const movement of [...movements, ...(await refundsReturned(ports, kept, find))]) {
    // A receipt that somebody identified or sent back by hand by now stays what they made of it.
    await recordMovement({ store: ports.movements, now: ports.now }, movement, {
      ...{ marketplaceId: PLATFORM, cause: `matching#${movement.type}`, byLine: true },
    });
  }
  await ports.tellSettlement(outcomes);
  for (const facts of kept.raise) {
    const raised = { breakId: facts.breakId, planId: plan.planId };
    await step(ports, raised, { type: 'RaiseBreak', facts });
  }
  await lanes.saveMatches(kept.matches);
  await lanes.saveItems(kept.items);
  if (lost !== undefined) await lanes.addWork(lane, lost.itemIds);
  await lanes.savePlan(lane, undefined);
  return true;
}

/**
 * Breaks are one owner of their items: a plan has them only once the break is cleared, which is a
 * conditional write beside those of persons. Before anything else is done.
 */
async function takeFromBreaks(ports: ConsumeMatchingPorts, plan: Plan): Promise<boolean> {
  const { at, planId } = plan;
  for (const { breakId, taken } of plan.reopen) {
    await step(ports, { breakId, planId }, { type: 'ReopenBreak', taken, at });
  }
  for (const { breakId, matchedBy } of plan.clear) {
    const { state } = await step(ports, { breakId, planId }, { type: 'ClearBreak', matchedBy, at });
    if (state.status === 'resolved' && state.resolution !== 'cleared') return false;
  }
  return true;
}

const step = (
  ports: ConsumeMatchingPorts,
  { breakId, planId }: { readonly breakId: string; readonly planId: string },
  command: BreakCommand,
) => stepBreak(ports, { breakId, cause: `matching#${command.type}#${planId}` }, command);

/** The items that a plan names, and the payments that returned lines are of. */
async function finderOf(
  lanes: Pick<LaneStore, 'getItems'>,
  lane: Lane,
  { matches, raise, resolved, cameBack = [] }: Plan,
): Promise<(itemId: string) => StoredItem | undefined> {
  const named = [...matches, ...raise, ...resolved];
  const ids = named.flatMap(({ left, right }) => [...left, ...right]);
  const items = await lanes.getItems(lane, [...new Set([...ids, ...cameBack])]);
  const paid = items
    .filter(({ item }) => item.returned !== undefined)
    .flatMap(({ item }) => item.keys.endToEndId ?? [])
    .map(paymentId);
  const byId = new Map(
    [...items, ...(await lanes.getItems(lane, paid))].map((one) => [one.item.id, one]),
  );
  return (itemId) => byId.get(itemId);
}
