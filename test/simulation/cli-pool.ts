import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, ResultOf } from './cli-jobs.ts';

const WORKER = fileURLToPath(new URL('cli-worker.ts', import.meta.url));

export type PoolOptions<J extends Job> = {
  readonly workers: number;
  /** A process of its own for each job, as mutants need it. */
  readonly isFresh?: boolean;
  /** Told of each result as it comes, which is in no particular order. */
  readonly onResult?: (result: ResultOf<J>) => void;
};

type Answer<R> = { readonly result: R } | { readonly error: string };

/**
 * Does jobs in processes beside this one and answers their results in the order of the jobs, so that
 * what comes of them does not depend on how many processes there were.
 */
export async function runJobs<J extends Job>(
  jobs: readonly J[],
  { workers, isFresh = false, onResult }: PoolOptions<J>,
): Promise<readonly ResultOf<J>[]> {
  const results = new Map<number, ResultOf<J>>();
  let next = 0;
  const work = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    try {
      for (let index = next; index < jobs.length; index = next) {
        next += 1;
        child ??= fork(WORKER, { serialization: 'advanced' });
        const result = await ask<ResultOf<J>>(child, jobs[index] as J);
        results.set(index, result);
        onResult?.(result);
        if (isFresh) child = release(child);
      }
    } finally {
      release(child);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  return jobs.map((_, index) => results.get(index) as ResultOf<J>);
}

function release(child: ChildProcess | undefined): undefined {
  if (child?.connected === true) child.disconnect();
}

const ask = <R>(child: ChildProcess, job: Job): Promise<R> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      act();
    };
    const onMessage = (answer: Answer<R>): void =>
      settle(() => ('result' in answer ? resolve(answer.result) : reject(new Error(answer.error))));
    const onExit = (status: number | null): void =>
      settle(() => reject(new Error(`A worker ended with ${status} over a ${job.kind} job.`)));
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(job);
  });
