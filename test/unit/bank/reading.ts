import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BankStatement, StatementLine } from '../../../events/bank/bank-statement.v1.ts';
import type { CsvMapping } from '../../../src/adapters/bank/csv/mapping.ts';
import { readStatements } from '../../../src/adapters/bank/read-statements.ts';
import { problemsOf, type StatementReading } from '../../../src/adapters/bank/reading.ts';

const samples = fileURLToPath(new URL('../../../events/inbound/bank/', import.meta.url));

export const sampleNames: readonly string[] = readdirSync(samples)
  .filter((name) => !name.endsWith('.mapping.json'))
  .sort();

export const sampleBytes = (name: string): Buffer => readFileSync(samples + name);

/** The mapping that lies beside a sample, if one does. */
export function sampleMapping(name: string): CsvMapping | undefined {
  const beside = `${name.replace(/\.\w+$/, '')}.mapping.json`;
  if (!readdirSync(samples).includes(beside)) return undefined;
  return JSON.parse(readFileSync(samples + beside, 'utf8'));
}

export const readSample = (name: string): StatementReading =>
  readStatements(sampleBytes(name), sampleMapping(name));

export const readText = (text: string): StatementReading => readStatements(Buffer.from(text));

/** The only statement of a file that should have one. */
export function onlyStatement(reading: StatementReading): BankStatement {
  expect(reading.statements).toHaveLength(1);
  return reading.statements[0] as BankStatement;
}

export const lineAt = (statement: BankStatement | undefined, index: number): StatementLine => {
  const line = statement?.lines[index];
  if (line === undefined) throw new Error(`There is no line ${index}.`);
  return line;
};

export const codesOf = (reading: StatementReading): readonly string[] =>
  problemsOf(reading).map((problem) => problem.code);

/** `500 credit` for each line: what most tests ask. */
export const movementsOf = (statement: BankStatement | undefined): readonly string[] =>
  (statement?.lines ?? []).map(({ amountMinor, direction }) => `${amountMinor} ${direction}`);
