import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CsvMapping } from '../../src/adapters/bank/csv/mapping.ts';
import { runCommand } from './command.ts';
import { readStatementOptions, UsageError } from './options.ts';
import {
  areComplete,
  errorLines,
  type FileReading,
  readStatementFile,
  statementsJson,
} from './statement-files.ts';

const usage = `Usage: npm run --silent statement -- [--mapping MAPPING.json] FILE...

Reads bank statements and payment providers' exports, and prints what they say as one JSON object:
camt.052, camt.053, camt.054, MT940, MT942, BAI2, and CSV of Stripe, Wise, PayPal, Revolut and banks.
The content decides which format a file has. A mapping names the columns of a CSV that is not known.

Exits with 1 where a file, or a part of it, could not be read; each reason is on stderr with its place.
What was read but does not add up is under "problems" and exits with 0.
`;

async function readMapping(file: string): Promise<CsvMapping> {
  const result = z.safeParse(CsvMapping, JSON.parse(await readFile(file, 'utf8')));
  if (!result.success) throw new UsageError(`${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}

async function run(args: readonly string[]): Promise<number> {
  const { help, files, mapping } = readStatementOptions(args);
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  const columns = mapping === undefined ? undefined : await readMapping(mapping);
  const readings: FileReading[] = [];
  for (const file of files) readings.push(await readStatementFile(file, columns));
  process.stdout.write(`${JSON.stringify(statementsJson(readings), null, 2)}\n`);
  process.stderr.write(
    errorLines(readings)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return areComplete(readings) ? 0 : 1;
}

await runCommand({ usage, run });
