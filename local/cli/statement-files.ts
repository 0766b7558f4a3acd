import { readFile } from 'node:fs/promises';
import type { StatementProblem } from '../../events/bank/bank-statement.v1.ts';
import type { CsvMapping } from '../../src/adapters/bank/csv/mapping.ts';
import { readStatements } from '../../src/adapters/bank/read-statements.ts';
import {
  isIncomplete,
  problemsOf,
  refused,
  type StatementReading,
} from '../../src/adapters/bank/reading.ts';
import { sentenceOf } from './command.ts';

export type FileReading = StatementReading & { readonly file: string };

/** Reads a file of this machine. One that can't be opened is a reading that says so. */
export async function readStatementFile(file: string, mapping?: CsvMapping): Promise<FileReading> {
  try {
    return { file, ...readStatements(await readFile(file), mapping) };
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
    return { file, ...refused(null, 'file.not_opened', sentenceOf(error), {}) };
  }
}

/** True if every movement of every file was read. */
export const areComplete = (readings: readonly FileReading[]): boolean =>
  !readings.some((reading) => isIncomplete(reading));

/** Statements of all files in one list, each with its file; and all that is wrong with them. */
export const statementsJson = (readings: readonly FileReading[]) => ({
  files: readings.map(({ file, format, statements }) => ({
    file,
    format,
    statements: statements.length,
    lines: statements.reduce((sum, statement) => sum + statement.lines.length, 0),
  })),
  statements: readings.flatMap(({ file, statements }) =>
    statements.map((statement) => ({ file, ...statement })),
  ),
  problems: readings.flatMap((reading) =>
    problemsOf(reading).map((problem) => ({ file: reading.file, ...problem })),
  ),
});

/** A line for each thing that could not be read: `file:line:column:path: code: what`. */
export const errorLines = (readings: readonly FileReading[]): readonly string[] =>
  readings.flatMap((reading) =>
    problemsOf(reading)
      .filter((problem) => problem.severity === 'error')
      .map((problem) => `${reading.file}:${placeOf(problem)} ${problem.code}: ${problem.detail}`),
  );

function placeOf({ at }: StatementProblem): string {
  const parts = [at.line, at.column, at.path].filter((part) => part !== undefined);
  return parts.map((part) => `${part}:`).join('');
}
