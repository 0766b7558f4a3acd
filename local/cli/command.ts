import { UsageError } from './options.ts';

export type Command = {
  readonly usage: string;
  /** Does the work and answers the exit status. */
  readonly run: (args: readonly string[]) => Promise<number>;
};

const FAILED = 1;
const MISUSED = 2;
const STOP_LIMIT_MS = 5_000;

/**
 * Runs a command of the project to its exit status: what it answers, 1 where it failed, 2 where it
 * was called wrongly. A failure is a sentence on stderr.
 */
export async function runCommand({ usage, run }: Command): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const isMisused = error instanceof UsageError;
    process.stderr.write(`${sentenceOf(error)}\n${isMisused ? `\n${usage}` : ''}`);
    process.exitCode = isMisused ? MISUSED : FAILED;
  }
  // Everything is closed by now; whatever were left open should not keep anybody waiting.
  setTimeout(() => process.exit(), STOP_LIMIT_MS).unref();
}

/** What went wrong, for whoever called. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Choose another with --port, or leave it out for a free one.`;
  }
  if (code === 'EACCES' && port !== undefined) {
    return `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`;
  }
  return error.message;
}
