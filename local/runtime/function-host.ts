import { setTimeout as delay } from 'node:timers/promises';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import { startFunctionWorker } from './function-worker.ts';
import type { InvocationResult, Invoke } from './invocation.ts';
import { type LambdaEnvironmentSettings, lambdaEnvironment } from './lambda-environment.ts';
import type { LogSink } from './log-sink.ts';
import type { FunctionModel } from './model.ts';

export type FunctionHostSettings = LambdaEnvironmentSettings & {
  readonly functions: readonly FunctionModel[];
  /** The most workers per function, where the template reserves no less. */
  readonly maxConcurrency: number;
  readonly onLog: LogSink;
};

export type FunctionHost = {
  /** Invokes a function by its name. A failure is logged and is a result. */
  readonly invoke: Invoke;
  /** How many invocations of a function run at once, at most. */
  readonly concurrencyOf: (functionName: string) => number;
  /** Kills a function's workers at once, in the middle of whatever they do. */
  readonly terminate: (functionName: string) => Promise<void>;
  /** Sets the clock of every function ahead of this machine's: workers that run are ended. */
  readonly moveClock: (offsetMs: number) => Promise<void>;
  /** Loads one worker of each function, one function after the other. */
  readonly warm: () => Promise<void>;
  /** Gives running invocations up to `graceMs`, then kills what is left. */
  readonly stop: (graceMs: number) => Promise<void>;
};

/** As many as a burst may leave waiting before the caller is told to come back. */
const maxWaiting = 1000;

/** Hosts functions in worker threads, each with the environment that it would have in Lambda. */
export const createFunctionHost = (settings: FunctionHostSettings): FunctionHost => {
  const { functions, maxConcurrency, onLog } = settings;
  const pools = new Map<string, FunctionPool>();
  const limits = new Map<string, number>();
  let stopped = false;
  let clockOffsetMs = 0;

  for (const definition of functions) {
    const concurrency = Math.min(definition.reservedConcurrency ?? maxConcurrency, maxConcurrency);
    limits.set(definition.name, concurrency);
    const start = () => {
      const environment = lambdaEnvironment(definition, settings);
      return startFunctionWorker({ definition, environment, onLog, clockOffsetMs });
    };
    pools.set(definition.name, createFunctionPool({ concurrency, maxWaiting, start }));
  }

  const poolOf = (functionName: string): FunctionPool => {
    const pool = pools.get(functionName);
    if (pool === undefined) throw new Error(`No function is called ${functionName}`);
    return pool;
  };

  const logFailure = (functionName: string, result: InvocationResult) => {
    if (result.ok) return;
    const { requestId, errorType, errorMessage } = result;
    const line = `invocation ${requestId} failed: ${errorType}: ${errorMessage}`;
    onLog({ functionName, stream: 'runtime', line });
  };

  const pending = () => [...pools.values()].reduce((sum, pool) => sum + pool.pending(), 0);

  return {
    invoke: async (functionName, event) => {
      const result = await poolOf(functionName).invoke(event);
      logFailure(functionName, result);
      return result;
    },
    concurrencyOf: (functionName) => limits.get(functionName) ?? 0,
    terminate: (functionName) => poolOf(functionName).terminate(),
    moveClock: async (offsetMs) => {
      clockOffsetMs = offsetMs;
      await Promise.all([...pools.values()].map((pool) => pool.terminate()));
    },
    warm: async () => {
      for (const pool of pools.values()) if (!stopped) await pool.warm();
    },
    stop: async (graceMs) => {
      stopped = true;
      const deadlineMs = Date.now() + graceMs;
      while (pending() > 0 && Date.now() < deadlineMs) await delay(10);
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};
