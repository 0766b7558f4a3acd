const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts when this process is asked to end: by Ctrl-C, by a supervisor, by its terminal going away
 * or by nobody reading its output any more.
 *
 * Asking again changes nothing: npm passes on the Ctrl-C that the terminal has already sent to us.
 */
export function endRequested(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => controller.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort();
  });
  return controller.signal;
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
