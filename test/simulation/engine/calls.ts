import type { FaultName, Faults } from '../faults.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { FUNCTION_TIMEOUT_MS, type Task } from './tasks.ts';

/** How a port's calls may go wrong: its errors, and whether a call changes anything. */
export type CallFaults = {
  readonly profile: 'read' | 'write' | 'append';
  /** The error of a call that failed, before or after it took effect, or that was refused. */
  readonly errorOf: (failure: 'failed' | 'throttled') => unknown;
};

export type Call<T> = {
  readonly kind: string;
  readonly subject: string;
  readonly faults: CallFaults;
  /** Does what the call does, all at once, and answers it; throws what the port answers as error. */
  readonly effect: () => T;
  /** The answer to a write that met its own earlier try; only for `append`. */
  readonly selfConflict?: T;
};

export type Calls = {
  /** Makes a call of a port on behalf of a task. Its effect and its answer come when it is picked. */
  readonly call: <T>(task: Task, call: Call<T>) => Promise<T>;
  readonly made: () => number;
};

export type CallsOptions = {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The faults that are on now. */
  readonly faults: () => Faults;
  readonly count: (fault: FaultName) => void;
  /** True while the service that a kind of call belongs to is down. */
  readonly isDown: (kind: string) => boolean;
  /** Numbers of calls after whose effect the function dies. */
  readonly crashAt: ReadonlySet<number>;
};

type CallFault =
  | 'crash'
  | 'timeout'
  | 'delay'
  | 'errorBefore'
  | 'errorAfter'
  | 'throttle'
  | 'zombie'
  | 'selfConflict';

const CALL_FAULTS: Readonly<Record<CallFaults['profile'], readonly CallFault[]>> = {
  read: ['crash', 'timeout', 'delay', 'errorBefore', 'throttle', 'zombie'],
  write: ['crash', 'timeout', 'delay', 'errorBefore', 'errorAfter', 'throttle', 'zombie'],
  append: [
    'crash',
    'timeout',
    'delay',
    'errorBefore',
    'errorAfter',
    'throttle',
    'zombie',
    'selfConflict',
  ],
};

/** A delay stays within a function's life; a zombie sleeps past the visibility of its message. */
const LATE_MS: Readonly<Record<'delay' | 'zombie', readonly [number, number]>> = {
  delay: [1_000, 20_000],
  zombie: [185_000, 600_000],
};

type Settlement<T> = {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
};

/** A call that was made and waits for its turn. */
type Pending<T> = Settlement<T> & { readonly task: Task; readonly call: Call<T> };

export function createCalls(options: CallsOptions): Calls {
  let made = 0;

  const run = <T>(pending: Pending<T>): string => {
    const { task, call } = pending;
    if (task.dead) return runDead(options, call);
    if (!task.isFunction) return attempt(call, pending);
    const number = made;
    made += 1;
    if (options.crashAt.has(number)) {
      attempt(call, NOBODY);
      kill(task);
      return `crash at call ${number} (took effect)`;
    }
    const fault = drawFault(options, call);
    if (fault === undefined) return attempt(call, pending);
    options.count(fault);
    return goWrong(options, pending, fault);
  };

  return {
    made: () => made,
    call: (task, call) =>
      new Promise((resolve, reject) => {
        if (task.dead) return;
        const pending = { task, call, resolve, reject };
        const { kind, subject } = call;
        options.scheduler.add({ task: task.name, kind, subject, run: () => run(pending) });
      }),
  };
}

const NOBODY: Settlement<unknown> = { resolve: () => {}, reject: () => {} };

function kill(task: Task): void {
  task.dead = true;
  task.onDeath();
}

function drawFault(options: CallsOptions, call: Call<unknown>): CallFault | undefined {
  const { faults, random } = options;
  const { profile } = call.faults;
  if (options.isDown(call.kind))
    return profile === 'read' || random.chance(0.7) ? 'errorBefore' : 'errorAfter';
  const rates = faults();
  let rest = random.unit();
  return CALL_FAULTS[profile].find((fault) => {
    rest -= rates[fault];
    return rest < 0;
  });
}

/** A call of a task that died while it was under way may still arrive. */
function runDead({ random }: CallsOptions, call: Call<unknown>): string {
  if (call.faults.profile === 'read' || random.chance(0.5)) return 'lost with its caller';
  attempt(call, NOBODY);
  return 'took effect after its caller died';
}

/** Does a call's effect and settles its caller with what it answered or threw. */
function attempt<T>({ effect }: Call<T>, { resolve, reject }: Settlement<T>): string {
  try {
    const value = effect();
    resolve(value);
    return typeof value === 'string' ? value : 'ok';
  } catch (error) {
    reject(error);
    return error instanceof Error && 'code' in error ? String(error.code) : 'refused';
  }
}

function goWrong<T>(options: CallsOptions, pending: Pending<T>, fault: CallFault): string {
  const { task, call, reject } = pending;
  switch (fault) {
    case 'crash': {
      const lands = options.random.chance(0.5);
      if (lands) attempt(call, NOBODY);
      kill(task);
      return lands ? 'crash (took effect)' : 'crash (before)';
    }
    case 'timeout':
      return runOutOfTime(options, pending);
    case 'errorBefore':
      reject(call.faults.errorOf('failed'));
      return 'error before';
    case 'throttle':
      reject(call.faults.errorOf('throttled'));
      return 'throttled';
    case 'errorAfter':
      attempt(call, NOBODY);
      reject(call.faults.errorOf('failed'));
      return 'error after';
    case 'selfConflict':
      return conflictWithItself(pending);
    default:
      return beLate(options, pending, fault);
  }
}

function conflictWithItself<T>({ call, resolve, reject }: Pending<T>): string {
  if (call.selfConflict === undefined) throw new Error(`${call.kind} cannot conflict with itself.`);
  const answer = call.selfConflict;
  const outcome = attempt(call, { resolve: () => resolve(answer), reject });
  return `${outcome}, answered as ${String(answer)}`;
}

/** The call is never answered, and its function is stopped at its time limit. */
function runOutOfTime<T>({ scheduler, random }: CallsOptions, { task, call }: Pending<T>): string {
  const lands = random.chance(0.5);
  if (lands) attempt(call, NOBODY);
  const limitMs = task.startedAtMs + FUNCTION_TIMEOUT_MS;
  scheduler.at(Math.max(scheduler.nowMs(), limitMs), () => {
    if (!task.dead) kill(task);
  });
  return lands ? 'took effect, never answered' : 'never answered';
}

/** The call arrives late, or arrives at once and is answered late. */
function beLate<T>(
  { scheduler, random }: CallsOptions,
  pending: Pending<T>,
  fault: 'delay' | 'zombie',
): string {
  const { task, call } = pending;
  const ms = random.between(...LATE_MS[fault]);
  const later = (run: () => string): void => {
    const { kind, subject } = call;
    scheduler.at(scheduler.nowMs() + ms, () =>
      scheduler.add({ task: task.name, kind, subject, run }),
    );
  };
  if (random.chance(0.5)) {
    later(() => (task.dead ? 'lost with its caller' : attempt(call, pending)));
    return `on its way for ${ms} ms`;
  }
  let answer: () => void = () => {};
  const outcome = attempt(call, {
    resolve: (value) => {
      answer = () => pending.resolve(value);
    },
    reject: (reason) => {
      answer = () => pending.reject(reason);
    },
  });
  later(() => {
    if (task.dead) return 'answered to nobody';
    answer();
    return 'answered';
  });
  return `${outcome}, answered ${ms} ms late`;
}
