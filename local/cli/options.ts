import { parseArgs } from 'node:util';

/** The command line asks for something that does not exist. */
export class UsageError extends Error {
  readonly code = 'CLI.USAGE';
}

export type StartOptions = {
  readonly help: boolean;
  readonly json: boolean;
  readonly port?: number;
};

export type DemoOptions = { readonly help: boolean; readonly json: boolean };

const flags = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
} as const;

const HIGHEST_PORT = 65_535;

/** @throws UsageError for an unknown option, a missing value or what is not a port. */
export function readStartOptions(args: readonly string[]): StartOptions {
  const { port, ...values } = reading(
    () => parseArgs({ args, options: { ...flags, port: { type: 'string' } } }).values,
  );
  return port === undefined ? values : { ...values, port: readPort(port) };
}

/** @throws UsageError for an unknown option. */
export const readDemoOptions = (args: readonly string[]): DemoOptions =>
  reading(() => parseArgs({ args, options: flags }).values);

/** Node explains at length how to pass odd arguments; its first sentence says what is wrong. */
function reading<Values>(read: () => Values): Values {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace(/\. .*$/s, '.'), { cause: error });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new UsageError(`--port takes a number from 0 to ${HIGHEST_PORT}, not '${text}'.`);
}
