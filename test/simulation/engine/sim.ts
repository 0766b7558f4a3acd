import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import { calm, FAULT_NAMES, type FaultName, type Faults } from '../faults.ts';
import type { CarrierLabel, DeadLetter, StripeCharge, StripeTransfer } from '../world.ts';
import { type Calls, createCalls } from './calls.ts';
import { drawDeploy, runsNext } from './deploys.ts';
import { drawOutages, isDown, type Outage } from './outages.ts';
import { createRandom, type Random } from './random.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';
import { createTrace, type Trace } from './trace.ts';

/** How far a function's clock may be off, in milliseconds, either way. */
export const MAX_SKEW_MS = 20_000;

/** What the current step has changed. */
export type Changes = {
  appended: TradelaneRecord[];
  charges: StripeCharge[];
  transfers: StripeTransfer[];
  labels: CarrierLabel[];
  deadLetters: DeadLetter[];
};

const noChanges = (): Changes => ({
  appended: [],
  charges: [],
  transfers: [],
  labels: [],
  deadLetters: [],
});

const areNone = ({ appended, charges, transfers, labels, deadLetters }: Changes): boolean =>
  appended.length === 0 &&
  charges.length === 0 &&
  transfers.length === 0 &&
  labels.length === 0 &&
  deadLetters.length === 0;

/** What every simulated part needs: time, chance, tasks, and calls that may go wrong. */
export type Sim = {
  readonly startMs: number;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly trace: Trace;
  readonly calls: Calls;
  /** The faults that are on now. */
  readonly faults: () => Faults;
  readonly stopFaults: () => void;
  /** Draws whether a fault happens, and counts it if it does. */
  readonly strikes: (fault: FaultName) => boolean;
  readonly faultCounts: Readonly<Record<FaultName, number>>;
  readonly changes: () => Changes;
  readonly clearChanges: () => void;
  /** A run of a function begins. */
  readonly startTask: (functionName: string, isFunction?: boolean) => Task;
  readonly invocations: () => number;
};

export type SimOptions = {
  readonly seed: number;
  readonly startMs: number;
  readonly faults: Faults;
  readonly withTrace: boolean;
  readonly crashAt: readonly number[];
};

export function createSim(options: SimOptions): Sim {
  const { seed, startMs, withTrace, crashAt } = options;
  const random = createRandom(seed);
  const trace = createTrace(startMs, { withText: withTrace });
  const scheduler = createScheduler({ startMs, random, trace });
  const faultCounts = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<
    FaultName,
    number
  >;
  let faults = options.faults;
  let changes = noChanges();
  let invocations = 0;
  let taskNumber = 0;

  const count = (fault: FaultName): void => {
    faultCounts[fault] += 1;
  };
  const strikes = (fault: FaultName): boolean => {
    const strikes = random.chance(faults[fault]);
    if (strikes) count(fault);
    return strikes;
  };
  let outages: readonly Outage[] = drawOutages({ random, startMs, strikes });
  let deploy = drawDeploy({ random, startMs, strikes });
  const calls = createCalls({
    scheduler,
    random,
    faults: () => faults,
    isDown: (kind) => outages.length > 0 && isDown(outages, kind, scheduler.nowMs()),
    count,
    crashAt: new Set(crashAt),
  });

  return {
    startMs,
    random,
    scheduler,
    trace,
    calls,
    faultCounts,
    faults: () => faults,
    stopFaults: () => {
      faults = calm;
      outages = [];
      // What was half deployed is deployed whole, so that nothing new stays unreadable.
      if (deploy !== undefined) deploy = { fromMs: startMs, untilMs: startMs };
    },
    strikes,
    changes: () => changes,
    clearChanges: () => {
      if (!areNone(changes)) changes = noChanges();
    },
    startTask: (functionName, isFunction = true) => {
      taskNumber += 1;
      if (isFunction) invocations += 1;
      const reach = isFunction ? Math.round(MAX_SKEW_MS * faults.clockSkew) : 0;
      if (reach > 0) count('clockSkew');
      return {
        name: `${functionName}/${taskNumber}`,
        startedAtMs: scheduler.nowMs(),
        skewMs: reach === 0 ? 0 : random.between(-reach, reach),
        isNext: isFunction && runsNext(deploy, { random, nowMs: scheduler.nowMs() }),
        isFunction,
        dead: false,
        onDeath: () => {},
      };
    },
    invocations: () => invocations,
  };
}

/** A task's own clock. */
export const clockOf =
  ({ scheduler }: Sim, { skewMs }: Task) =>
  (): Date =>
    new Date(scheduler.nowMs() + skewMs);
