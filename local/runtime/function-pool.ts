import { randomUUID } from 'node:crypto';
import type { FunctionWorker } from './function-worker.ts';
import { exitError, type InvocationResult, throttledError } from './invocation.ts';
import { createSemaphore } from './semaphore.ts';

export type FunctionPool = {
  readonly invoke: (event: unknown) => Promise<InvocationResult>;
  /** Starts a worker if there is none, so that the first invocation is warm. */
  readonly warm: () => Promise<void>;
  /** Kills every worker at once; what runs in them fails. */
  readonly terminate: () => Promise<void>;
  /** Kills every worker and starts no other. */
  readonly stop: () => Promise<void>;
  /** How many invocations run or wait. */
  readonly pending: () => number;
};

export type FunctionPoolSettings = {
  /** How many workers may run at once. */
  readonly concurrency: number;
  /** How many invocations may wait for a worker; beyond it they are throttled. */
  readonly maxWaiting: number;
  readonly start: () => FunctionWorker;
};

/**
 * The workers of one function. A worker runs one invocation at a time, is kept warm and used again,
 * and is replaced when it dies.
 */
export const createFunctionPool = (settings: FunctionPoolSettings): FunctionPool => {
  const { concurrency, maxWaiting, start } = settings;
  const places = createSemaphore(concurrency);
  const workers = new Set<FunctionWorker>();
  let idle: FunctionWorker[] = [];
  let running = 0;
  let stopped = false;

  const startWorker = () => {
    const worker = start();
    workers.add(worker);
    return worker;
  };

  const takeWorker = () => {
    idle = idle.filter((worker) => worker.isAlive());
    return idle.pop() ?? startWorker();
  };

  const giveBack = (worker: FunctionWorker) => {
    if (worker.isAlive()) idle.push(worker);
    else workers.delete(worker);
  };

  const run = async (event: unknown): Promise<InvocationResult> => {
    if (stopped) {
      const requestId = randomUUID();
      return { ok: false, requestId, ...exitError(requestId, 'because the runtime stops') };
    }
    const worker = takeWorker();
    try {
      return await worker.invoke(JSON.stringify(event));
    } finally {
      giveBack(worker);
    }
  };

  const terminate = async () => {
    const killed = [...workers];
    workers.clear();
    idle = [];
    await Promise.all(killed.map((worker) => worker.terminate()));
  };

  return {
    invoke: async (event) => {
      if (concurrency === 0 || places.waiting() >= maxWaiting) {
        const reason = concurrency === 0 ? 'no concurrency is reserved' : `${maxWaiting} wait`;
        return { ok: false, requestId: randomUUID(), ...throttledError(reason) };
      }
      running += 1;
      await places.acquire();
      try {
        return await run(event);
      } finally {
        places.release();
        running -= 1;
      }
    },
    warm: async () => {
      if (workers.size > 0 || concurrency === 0 || stopped) return;
      const worker = startWorker();
      idle.push(worker);
      await worker.loaded();
    },
    terminate,
    stop: () => {
      stopped = true;
      return terminate();
    },
    pending: () => running,
  };
};
