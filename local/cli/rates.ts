import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isCalendarDate } from '../../src/adapters/rates/rate-text.ts';
import { type Conversion, convert } from './rates-conversion.ts';
import { dayReport, RefusedError, readDays } from './rates-files.ts';

const usage = `Usage: npm run --silent rates -- FILE... [options]

Reads published rates and prints the newest day as JSON; with --from, --to and --amount, a conversion
with every step. Takes the ECB's XML (daily, 90 days, or all since 1999), its history as CSV, and the
second source's eur.json. Of several files each is judged by those before, and has to be newer than
the one before of its publisher. Stores nothing.

  --from CODE --to CODE --amount 100.00   converts at the mid rate of the day
  --rounding floor|ceil|halfEven          how the result is rounded (floor: what someone receives)
  --date YYYY-MM-DD                       that day of a file with many, instead of the newest
  --newer-than YYYY-MM-DD                 refuses a file whose newest day is not after that date
  --discontinued CODE,CODE                currencies that the ECB has stopped, and that may be missing

Exits 1 with the reason on stderr where a file or an amount is refused, 2 where the options are wrong.
`;

const roundings = ['floor', 'ceil', 'halfEven'] as const;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  amount: { type: 'string' },
  rounding: { type: 'string', default: 'floor' },
  date: { type: 'string' },
  'newer-than': { type: 'string' },
  discontinued: { type: 'string', default: '' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Command = {
  readonly files: readonly string[];
  readonly date: string | undefined;
  readonly newerThan: string | undefined;
  readonly discontinued: string;
  readonly conversion: Conversion | undefined;
};

/** @throws an error that says what is wrong with the options. */
function parseCommand(args: readonly string[]): Command | 'help' {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return 'help';
  if (positionals.length === 0) throw new Error('Which file?');
  for (const date of [values.date, values['newer-than']]) {
    if (date !== undefined && !isCalendarDate(date)) throw new Error(`Not a date: ${date}`);
  }
  const { date, 'newer-than': newerThan, discontinued } = values;
  return { files: positionals, date, newerThan, discontinued, conversion: conversionOf(values) };
}

function conversionOf(values: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly amount?: string | undefined;
  readonly rounding: string;
}): Conversion | undefined {
  const { from, to, amount } = values;
  const rounding = roundings.find((known) => known === values.rounding);
  if (rounding === undefined) throw new Error(`--rounding is one of ${roundings.join(', ')}`);
  if (from === undefined && to === undefined && amount === undefined) return undefined;
  if (from === undefined || to === undefined || amount === undefined) {
    throw new Error('A conversion needs --from, --to and --amount');
  }
  return { from, to, amount, rounding };
}

/** @throws RefusedError and the errors of the parsers, each with a code. */
function run({ files, date, newerThan, discontinued, conversion }: Command): unknown {
  const days = readDays(
    files.map((path) => ({ path, bytes: readFile(path) })),
    { newerThan, discontinued, now: new Date() },
  );
  const day = date === undefined ? days[0] : days.find(({ rateDate }) => rateDate === date);
  if (day === undefined) {
    throw new RefusedError('rates.no_such_day', `The file has no rates of ${date}.`);
  }
  return conversion === undefined ? dayReport(day, days) : convert(day, conversion);
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RefusedError('rates.file_unreadable', `Can't read ${path}.`, { cause: error });
  }
}

const isRefusal = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && /^(?:rates|fx|money)\./.test(String(error.code));

function command(args: readonly string[]): Command | 'help' | undefined {
  try {
    return parseCommand(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return undefined;
  }
}

const chosen = command(process.argv.slice(2));
if (chosen === undefined) {
  process.exitCode = 2;
} else if (chosen === 'help') {
  process.stdout.write(usage);
} else {
  try {
    process.stdout.write(`${JSON.stringify(run(chosen), null, 2)}\n`);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
