const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LOOK_FOR_PARENT_EVERY_MS = 250;

/**
 * Aborts when this process is asked to end: by Ctrl-C, by a supervisor, by its terminal going away,
 * by nobody reading its output any more, or by the npm that runs it being gone.
 *
 * Asking again changes nothing: npm passes on the Ctrl-C that the terminal has already sent to us.
 */
export function endRequested(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => controller.abort());
  if (process.env['npm_lifecycle_event'] !== undefined) abortWithoutParent(controller);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort();
  });
  return controller.signal;
}

/**
 * npm sends a signal to the shell that it runs a script in, and some shells end without passing it
 * on. We would stay behind, and hold our ports.
 */
function abortWithoutParent(controller: AbortController): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) controller.abort();
  }, LOOK_FOR_PARENT_EVERY_MS);
  timer.unref();
}

/** Resolves when the signal aborts. Keeps the process alive until then. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  const keepAlive = setInterval(() => undefined, 2 ** 31 - 1);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(keepAlive);
}

/** Whether an error says no more than that a signal aborted. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && error.name === 'AbortError';
