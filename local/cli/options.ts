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

export type DemoOptions = {
  readonly help: boolean;
  readonly json: boolean;
  readonly list?: boolean | undefined;
  readonly all?: boolean | undefined;
  readonly scenario?: string | undefined;
};

export type StatementOptions = {
  readonly help: boolean;
  readonly files: readonly string[];
  readonly mapping?: string;
};

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

const demoFlags = {
  ...flags,
  list: { type: 'boolean' },
  all: { type: 'boolean' },
  scenario: { type: 'string' },
} as const;

/** @throws UsageError for an unknown option, and for two that exclude each other. */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const values = reading(() => parseArgs({ args, options: demoFlags }).values);
  const { list, all, scenario } = values;
  if ([list, all, scenario].filter((choice) => choice !== undefined).length > 1) {
    throw new UsageError('Choose one of --list, --scenario and --all.');
  }
  return values;
}

/** @throws UsageError for an unknown option, and where no file is named. */
export function readStatementOptions(args: readonly string[]): StatementOptions {
  const { values, positionals } = reading(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: { help: flags.help, mapping: { type: 'string' } },
    }),
  );
  if (!values.help && positionals.length === 0) throw new UsageError('Name at least one file.');
  const { help, mapping } = values;
  return { help, files: positionals, ...(mapping === undefined ? {} : { mapping }) };
}

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
