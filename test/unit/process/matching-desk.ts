import type { BreakEvent, PayoutEvent, TreasuryEvent } from '../../../events/index.ts';
import type { BankPayoutOutcome } from '../../../events/messages/bank-payout-outcome.v1.ts';
import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import type { BankChargeLimits } from '../../../src/money/bank-charges.ts';
import type { EventStore } from '../../../src/platform/event-store.ts';
import { type ExecutionPorts, execute } from '../../../src/platform/execute.ts';
import { breakStream } from '../../../src/platform/ids.ts';
import { consumeMatching } from '../../../src/process/consume-matching.ts';
import { PLATFORM } from '../../../src/process/platform-owner.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import { decideBreak } from '../../../src/reconciliation/decide-break.ts';
import { breakEvolution } from '../../../src/reconciliation/evolve-break.ts';
import type { Lane } from '../../../src/reconciliation/lane.ts';
import type { StoredMatch } from '../../../src/reconciliation/plan.ts';
import type { LaneStore } from '../../../src/reconciliation/ports.ts';

const WRITES = [
  ...(['saveItems', 'reopenItems', 'saveMatches', 'savePlan', 'finishWork', 'release'] as const),
];

const appending = <E>(store: EventStore<E>, before: () => Promise<void>): EventStore<E> => ({
  ...store,
  append: async (record) => {
    await before();
    return store.append(record);
  },
});

/** The matching with all that it writes to. `failAt` is the write that fails, once. */
export function matchingDesk(
  options: {
    readonly failAt?: number;
    readonly rounds?: number;
    /** What banks may keep of a payment that comes back: may be changed, as by a deployment. */
    readonly bankCharges?: { limits: BankChargeLimits };
    /** What somebody else does right before that write. */
    readonly between?: { readonly at: number; readonly act: () => Promise<unknown> };
  } = {},
) {
  const lanes = inMemoryLaneStore();
  const breakRecords = inMemoryRecordStore<BreakEvent>();
  const movementRecords = inMemoryRecordStore<TreasuryEvent>();
  const outcomes: BankPayoutOutcome[] = [];
  const matches: StoredMatch[] = [];
  const wentOn: Lane[] = [];
  const clock = { at: '2026-06-29T10:00:00.000Z' };
  const now = () => new Date(clock.at);
  let writes = 0;
  const failing = async (): Promise<void> => {
    writes += 1;
    if (writes === options.between?.at) await options.between.act();
    if (writes === options.failAt) throw new Error('The table did not answer.');
  };
  const written = Object.fromEntries(
    WRITES.map((name) => [
      name,
      async (...given: unknown[]) => {
        await failing();
        if (name === 'saveMatches') matches.push(...(given[0] as StoredMatch[]));
        return (lanes[name] as (...all: unknown[]) => Promise<void>)(...given);
      },
    ]),
  ) as Pick<LaneStore, (typeof WRITES)[number]>;
  const breaks = journaledStore(breakRecords);
  const treasury = journaledStore(movementRecords);
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const execution: ExecutionPorts<BreakEvent> = { store: breaks, now };
  let runs = 0;
  const run = (lane: Lane) => {
    runs += 1;
    let left = options.rounds ?? Number.POSITIVE_INFINITY;
    const ports = {
      lanes: { ...lanes, ...written },
      breaks: appending(breaks, failing),
      movements: appending(treasury, failing),
      tellSettlement: async (told: readonly BankPayoutOutcome[]) => {
        await failing();
        outcomes.push(...told);
      },
      goOn: async (next: Lane) => void wentOn.push(next),
      hasTime: () => left-- > 0,
      ...{ now, leaseSeconds: 90, payouts, bankChargeLimits: options.bankCharges?.limits ?? {} },
    };
    const message = { kind: 'match_lane', version: 1, messageId: 'm', lane } as const;
    return consumeMatching(ports)(message, `run${runs}`);
  };
  return {
    ...{ lanes, breaks, treasury, payouts, clock, run, outcomes, matches, wentOn },
    writes: () => writes,
    movements: () => movementRecords.all().flatMap(({ events }) => events),
    journal: () =>
      [...movementRecords.all(), ...breakRecords.all()].flatMap(({ journal }) => journal),
    breakEvents: () => breakRecords.all().flatMap(({ events }) => events),
    /** What a person does about a break. */
    decide: (breakId: string, command: BreakCommand) =>
      execute(execution, {
        ...{ streamId: breakStream(breakId), evolution: breakEvolution },
        ...{ owner: { tradeId: breakId, marketplaceId: PLATFORM }, cause: `api#${command.type}` },
        decide: (state) => decideBreak(command, state),
      }),
  };
}

export type MatchingDesk = ReturnType<typeof matchingDesk>;
