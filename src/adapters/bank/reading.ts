import type {
  BankStatement,
  FilePlace,
  StatementFormat,
  StatementProblem,
} from '../../../events/bank/bank-statement.v1.ts';

/** What came of reading one file. `format` is null where nobody knows it. */
export type StatementReading = {
  readonly format: StatementFormat | null;
  readonly statements: readonly BankStatement[];
  /** What is wrong with the file as a whole; each statement carries its own problems beside. */
  readonly problems: readonly StatementProblem[];
};

/** A reader of one family of formats. Neither function throws, whatever the text is. */
export type StatementReader = {
  /** True if the content is of this family, though it may be broken. Names are never looked at. */
  readonly recognizes: (text: string) => boolean;
  readonly read: (text: string) => StatementReading;
};

/** A part of the file could not be read. */
export const unreadable = (code: string, detail: string, at: FilePlace): StatementProblem => ({
  code,
  severity: 'error',
  detail,
  at,
});

/** All was read, but something is odd. */
export const odd = (code: string, detail: string, at: FilePlace): StatementProblem => ({
  code,
  severity: 'warning',
  detail,
  at,
});

/** What the file claims differs from what its lines amount to, by claimed less found. */
export const difference = (
  code: string,
  {
    what,
    claimed,
    found,
    currency,
  }: Readonly<Record<'what' | 'currency', string>> & {
    readonly claimed: bigint;
    readonly found: bigint;
  },
  at: FilePlace,
): StatementProblem => ({
  code,
  severity: 'warning',
  detail: `${what}: the file says ${claimed}, its lines amount to ${found} minor units of ${currency}.`,
  at,
  differenceMinor: (claimed - found).toString(),
  currency,
});

/** A file that gives nothing but a reason. */
export const refused = (
  format: StatementFormat | null,
  code: string,
  detail: string,
  at: FilePlace,
): StatementReading => ({ format, statements: [], problems: [unreadable(code, detail, at)] });

/** Every problem of a reading: the file's and its statements'. */
export const problemsOf = (reading: StatementReading): readonly StatementProblem[] => [
  ...reading.problems,
  ...reading.statements.flatMap((statement) => statement.problems),
];

/** True if a movement may be missing: nothing came out, or a part could not be read. */
export const isIncomplete = (reading: StatementReading): boolean =>
  reading.statements.length === 0 ||
  problemsOf(reading).some((problem) => problem.severity === 'error');

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the members that are undefined or empty text. */
export const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined && member !== ''),
  ) as Defined<T>;
