import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AppOptions } from '../../lib/app.ts';

/** What can be handed to another thread. */
export type SynthesisOptions = Omit<AppOptions, 'code'>;

/**
 * Writes the cloud assembly in a thread of its own: it takes seconds of pure computing, in which
 * this thread would neither show progress nor hear Ctrl-C.
 *
 * @throws what the synthesis threw, or the signal's reason where that aborts it.
 */
export async function synthesizeInBackground(
  options: SynthesisOptions,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./synthesize-worker.ts', import.meta.url), {
    workerData: options,
  });
  try {
    await once(worker, 'message', signal === undefined ? {} : { signal });
  } finally {
    await worker.terminate();
  }
}
