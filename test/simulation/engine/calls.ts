import type { FaultName, Faults } from '../faults.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

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

type CallFault =
  | 'delay'
  | 'crash'
  | 'errorBefore'
  | 'errorAfter'
  | 'selfConflict'
  | 'throttle'
  | 'zombie';

const CALL_FAULTS: Readonly<Record<CallFaults['profile'], readonly CallFault[]>> = {
  read: ['crash', 'delay', 'errorBefore', 'throttle', 'zombie'],
  write: ['crash', 'delay', 'errorBefore', 'errorAfter', 'throttle', 'zombie'],
  append: ['crash', 'delay', 'errorBefore', 'errorAfter', 'throttle', 'zombie', 'selfConflict'],
};

/** Between one and twenty seconds; a zombie sleeps past the visibility of its message. */
const LATE_MS = { delay: [1_000, 20_000], zombie: [185_000, 600_000] } as const;

export type Calls = {
  /** Makes a call of a port on behalf of a task. Its effect and its answer come when it is picked. */
  readonly call: <T>(task: Task, call: Call<T>) => Promise<T>;
  readonly made: () => number;
  readonly kill: (task: Task) => void;
};

type Settlement<T> = {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
};

type CallsOptions = {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The faults that are on now. */
  readonly faults: () => Faults;
  readonly count: (fault: FaultName) => void;
  /** Numbers of calls after whose effect the function dies. */
  readonly crashAt: ReadonlySet<number>;
};

export function createCalls(options: CallsOptions): Calls {
  const { scheduler, random, count, crashAt } = options;
  let made = 0;

  const kill = (task: Task): void => {
    if (task.dead) return;
    task.dead = true;
    task.onDeath();
  };

  const drawFault = (task: Task, { profile }: CallFaults): CallFault | undefined => {
    if (!task.isFunction) return undefined;
    const faults = options.faults();
    let rest = random.unit();
    for (const fault of CALL_FAULTS[profile]) {
      rest -= faults[fault];
      if (rest < 0) return fault;
    }
    return undefined;
  };

  /** A call of a task that died while it was under way may still arrive. */
  const runDead = <T>(call: Call<T>): string => {
    if (call.faults.profile === 'read' || random.chance(0.5)) return 'lost with its caller';
    attempt(call.effect, { resolve: ignore, reject: ignore });
    return 'took effect after its caller died';
  };

  const run = <T>(task: Task, call: Call<T>, settlement: Settlement<T>): string => {
    if (task.dead) return runDead(call);
    const number = made;
    if (task.isFunction) made += 1;
    if (task.isFunction && crashAt.has(number)) {
      attempt(call.effect, { resolve: ignore, reject: ignore });
      kill(task);
      return `crash at call ${number} (took effect)`;
    }
    const fault = drawFault(task, call.faults);
    if (fault === undefined) return attempt(call.effect, settlement);
    count(fault);
    return runFaulty(fault, { task, call, settlement });
  };

  const postpone = (ms: number, task: Task, runnable: () => string, call: Call<unknown>): void =>
    scheduler.at(scheduler.nowMs() + ms, () =>
      scheduler.add({ task: task.name, kind: call.kind, subject: call.subject, run: runnable }),
    );

  const runFaulty = <T>(
    fault: CallFault,
    under: { readonly task: Task; readonly call: Call<T>; readonly settlement: Settlement<T> },
  ): string => {
    const { task, call, settlement } = under;
    switch (fault) {
      case 'crash': {
        const lands = random.chance(0.5);
        if (lands) attempt(call.effect, { resolve: ignore, reject: ignore });
        kill(task);
        return lands ? 'crash (took effect)' : 'crash (before)';
      }
      case 'errorBefore':
        settlement.reject(call.faults.errorOf('failed'));
        return 'error before';
      case 'throttle':
        settlement.reject(call.faults.errorOf('throttled'));
        return 'throttled';
      case 'errorAfter':
        attempt(call.effect, { resolve: ignore, reject: ignore });
        settlement.reject(call.faults.errorOf('failed'));
        return 'error after';
      case 'selfConflict':
        return selfConflict(call, settlement);
      default:
        return late(fault, under);
    }
  };

  const late = <T>(
    fault: 'delay' | 'zombie',
    {
      task,
      call,
      settlement,
    }: { readonly task: Task; readonly call: Call<T>; readonly settlement: Settlement<T> },
  ): string => {
    const ms = random.between(...LATE_MS[fault]);
    if (random.chance(0.5)) {
      const answers = deferred<T>();
      const outcome = attempt(call.effect, answers);
      postpone(
        ms,
        task,
        () => (task.dead ? 'lost with its caller' : answers.pass(settlement)),
        call,
      );
      return `${outcome}, answered ${ms} ms late`;
    }
    const arrive = (): string => (task.dead ? runDead(call) : attempt(call.effect, settlement));
    postpone(ms, task, arrive, call);
    return `on its way for ${ms} ms`;
  };

  return {
    made: () => made,
    kill,
    call: (task, call) =>
      new Promise((resolve, reject) => {
        if (task.dead) return;
        const { kind, subject } = call;
        const settlement = { resolve, reject };
        scheduler.add({ task: task.name, kind, subject, run: () => run(task, call, settlement) });
      }),
  };
}

const ignore = (): void => {};

/** Does a call's effect and settles its caller with what it answered or threw. */
function attempt<T>(effect: () => T, { resolve, reject }: Settlement<T>): string {
  try {
    const value = effect();
    resolve(value);
    return typeof value === 'string' ? value : 'ok';
  } catch (error) {
    reject(error);
    return error instanceof Error && 'code' in error ? String(error.code) : 'refused';
  }
}

function selfConflict<T>(call: Call<T>, settlement: Settlement<T>): string {
  const before = { value: undefined as T | undefined };
  attempt(call.effect, { resolve: (value) => (before.value = value), reject: settlement.reject });
  if (call.selfConflict === undefined) throw new Error(`${call.kind} cannot conflict with itself.`);
  settlement.resolve(call.selfConflict);
  return `${String(before.value)}, answered as ${String(call.selfConflict)}`;
}

/** Keeps an answer until it is to be passed on. */
function deferred<T>(): Settlement<T> & { readonly pass: (to: Settlement<T>) => string } {
  let passOn: (to: Settlement<T>) => void = ignore;
  return {
    resolve: (value) => {
      passOn = ({ resolve }) => resolve(value);
    },
    reject: (reason) => {
      passOn = ({ reject }) => reject(reason);
    },
    pass: (to) => {
      passOn(to);
      return 'answered late';
    },
  };
}
