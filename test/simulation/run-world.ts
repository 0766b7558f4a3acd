import { inMacrotask } from './engine/microtasks.ts';
import { watchRejections } from './engine/rejections.ts';
import { createSim, MAX_SKEW_MS } from './engine/sim.ts';
import { calm, FAULT_NAMES, type Faults } from './faults.ts';
import { isToDelete } from './invariants/support/messages.ts';
import { planTrades, type WorkloadOptions } from './plan.ts';
import { MAX_RECEIVE_COUNT } from './ports/queue-state.ts';
import { reconciliationOf } from './system/bookkeeping.ts';
import { buildSystem, type System } from './system/build.ts';
import { bringOwnFunds, closeMonths, scheduleMonthEnds } from './system/month-end.ts';
import { SETTINGS } from './system/plant.ts';
import type { ApiCall, Checks, PlannedTrade, Step, Violation, World } from './world.ts';

export type WorldOptions = WorkloadOptions & {
  readonly faults?: Faults;
  readonly checks?: Checks;
  /** Keep the trace as text, too. */
  readonly trace?: boolean;
  /** Numbers of calls after whose effect the function that made them dies. */
  readonly crashAt?: readonly number[];
};

export type FoundViolation = Violation & { readonly step: number };

export type WorldResult = {
  readonly world: World;
  readonly violations: readonly FoundViolation[];
  readonly steps: number;
  /** How many calls functions made: the range of `crashAt`. */
  readonly calls: number;
  readonly traceHash: string;
  readonly trace: readonly string[];
};

const START_MS = Date.parse('2026-11-23T08:00:00.000Z');
/** A world that needs more steps than this goes round in circles. */
const STEPS_PER_TRADE = 4_000;
const STEPS_AT_LEAST = 20_000;
const REDRIVE_ROUNDS = 4;
/** In some worlds the faults stop in the middle of things, at any time of the first days. */
const EARLY_CALM = 0.25;
const EARLY_CALM_WITHIN_MS = 5 * 24 * 3_600_000;
/** Longer than Stripe remembers a key. */
const REDRIVE_AFTER_MS = 25 * 3_600_000;

/** Runs one small world to its rest. The same options give the same world, step for step. */
export async function runWorld(options: WorldOptions): Promise<WorldResult> {
  const watch = watchRejections();
  const result = await inMacrotask(() =>
    withStackTraces(options.trace ?? false, () => runToRest(options)),
  );
  const abandoned = await watch.end();
  return { ...result, violations: [...result.violations, ...abandoned.map(toViolation)] };
}

/** The rule that no message spoils its batch, where it is the process itself that would end. */
const toViolation = (reason: unknown): FoundViolation => ({
  invariant: '18-no-promise-abandoned',
  tradeId: null,
  step: 0,
  detail: `a promise that nobody awaits was rejected: ${reason}`,
});

/**
 * Errors are a simulation's daily bread, and where one was made costs as much as the step it is made
 * in; only a replay that is watched has them.
 */
function withStackTraces<T>(areWanted: boolean, run: () => T): T {
  const limit = Error.stackTraceLimit;
  if (!areWanted) Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

type Run = {
  readonly options: WorldOptions;
  readonly system: System;
  readonly world: MutableWorld;
  readonly found: FoundViolation[];
};

type MutableWorld = { -readonly [K in keyof World]: World[K] };

function runToRest(options: WorldOptions): WorldResult {
  const { faults = calm, seed } = options;
  const isCalm = FAULT_NAMES.every((name) => faults[name] === 0) && !options.crashAt?.length;
  const sim = createSim({
    seed,
    faults,
    startMs: START_MS,
    withTrace: options.trace ?? false,
    crashAt: options.crashAt ?? [],
  });
  const system = buildSystem(sim, { ...options, isCalm });
  const apiCalls: ApiCall[] = [];
  const trades = planTrades(system.plant, { ...options, isCalm }, apiCalls);
  const world = exposeWorld(system, { seed, faults, trades, apiCalls });
  const run: Run = { options, system, world, found: [] };

  const calmDown = (): void => {
    world.phase = 'calming';
    sim.stopFaults();
  };
  if (sim.random.chance(EARLY_CALM)) {
    sim.scheduler.at(START_MS + sim.random.below(EARLY_CALM_WITHIN_MS), calmDown);
  }
  if (system.plant.bookkeeping !== null) beginBooks(system);
  settle(run);
  calmDown();
  settle(run);
  redrive(run);
  if (system.plant.bookkeeping !== null) {
    void closeMonths(system.plant, () => isQuiet(system));
    settle(run);
    redrive(run);
  }
  world.phase = 'rest';
  if (run.found.length === 0) note(run, options.checks?.checkRest?.(world) ?? []);
  return {
    world,
    violations: run.found,
    steps: sim.scheduler.steps(),
    calls: sim.calls.made(),
    traceHash: sim.trace.hash(),
    trace: sim.trace.lines,
  };
}

function note({ found, system }: Run, violations: readonly Violation[]): void {
  const step = system.plant.sim.scheduler.steps();
  for (const violation of violations) found.push({ ...violation, step });
}

/** Steps until nothing is left to do or to wait for, a check fails, or the bound is passed. */
function settle(run: Run): void {
  const { system, world, options } = run;
  const { sim } = system.plant;
  const bound = STEPS_AT_LEAST + STEPS_PER_TRADE * options.trades;
  const checkStep = options.checks?.checkStep;
  while (run.found.length === 0 && world.restless === null) {
    sim.clearChanges();
    if (!sim.scheduler.step()) return;
    if (sim.scheduler.steps() > bound) world.restless = `no rest within ${bound} steps`;
    if (checkStep !== undefined) note(run, checkStep(world));
  }
}

/** What lies dead is put back, for as long as that changes anything. */
function redrive(run: Run): void {
  for (let round = 0; round < REDRIVE_ROUNDS && run.found.length === 0; round += 1) {
    if (!redriveLater(run)) return;
    settle(run);
  }
}

/** Finance's own money, and its look at each month. */
function beginBooks(system: System): void {
  bringOwnFunds(system.plant);
  scheduleMonthEnds(system.plant, () => isQuiet(system));
}

/** Nothing is on its way to the books or to what is shown of them, and nothing lies dead. */
function isQuiet({ plant: { queues }, stream }: System): boolean {
  if (stream.waiting() > 0 || stream.deadLetters.length > 0) return false;
  for (const { fate } of queues.messages.values()) {
    if (fate === 'waiting' || fate === 'dead_letter') return false;
  }
  return true;
}

/** A day later an operator puts everything back that lies on a dead-letter queue, or throws it away. */
function redriveLater({ system: { plant, stream }, world }: Run): boolean {
  const { sim, queues } = plant;
  if (queues.deadLetters.length === 0 && stream.deadLetters.length === 0) return false;
  sim.scheduler.at(sim.scheduler.nowMs() + REDRIVE_AFTER_MS, () => {
    stream.replayDeadLetters();
    for (const letter of [...queues.deadLetters]) {
      if (isToDelete(world, letter)) queues.deleteLetter(letter);
      else queues.redrive(letter);
    }
  });
  return true;
}

function exposeWorld(
  { plant, stream, webhooks }: System,
  given: {
    readonly seed: number;
    readonly faults: Faults;
    readonly trades: readonly PlannedTrade[];
    readonly apiCalls: readonly ApiCall[];
  },
): MutableWorld {
  const { sim, events, queues, views, vault, stripe, carrier } = plant;
  const reconciliation = reconciliationOf(plant);
  /** Made once for all the checks of a step. */
  let step: Step | undefined;
  return {
    ...given,
    settings: { ...SETTINGS, maxReceiveCount: MAX_RECEIVE_COUNT, maxSkewMs: MAX_SKEW_MS },
    nowMs: sim.scheduler.nowMs,
    startMs: sim.startMs,
    phase: 'storm',
    restless: null,
    records: events.records,
    streams: events.streams,
    unroutedRecords: stream.waiting,
    routerDeadLetters: stream.deadLetters,
    messages: queues.messages,
    deadLetters: queues.deadLetters,
    deletedLetters: queues.deletedLetters,
    stripe,
    carrier,
    reconciliation,
    views,
    vault: vault.profiles,
    webhooks: webhooks.deliveries,
    get counters() {
      return {
        steps: sim.scheduler.steps(),
        faults: sim.faultCounts,
        eventLoads: events.counts.loads,
        eventAppends: events.counts.appends,
        eventConflicts: events.counts.conflicts,
        messagesSent: queues.counts.sent,
        messagesReceived: queues.counts.received,
        invocations: sim.invocations(),
        stripeCalls: stripe.counts.calls,
        carrierCalls: carrier.counts.calls,
      };
    },
    get step(): Step {
      const index = sim.scheduler.steps();
      const changes = sim.changes();
      if (step?.index !== index || step.appended !== changes.appended) {
        const last = sim.scheduler.lastStep();
        step = { index, kind: last?.kind ?? '', task: last?.task ?? '', ...changes };
      }
      return step;
    },
  };
}
