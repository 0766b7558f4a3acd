import type {
  BankStatement,
  StatementFormat,
  StatementLine,
  StatementProblem,
} from '../../events/bank/bank-statement.v1.ts';
import { derivedId } from '../platform/ids.ts';
import { bookedLines, itemsOf, statementKey } from './statement-items.ts';

/** What came of reading one file, whichever reader it was. */
export type FileReading = {
  readonly format: StatementFormat | null;
  readonly statements: readonly BankStatement[];
  readonly problems: readonly StatementProblem[];
};

/**
 * What is known of a file: `received` until it is read, `refused` where no statement came out of it,
 * `discarded` once a person said that nothing of it is missing.
 * `problems` are the file's own; each statement has its own beside.
 */
export type StatementFile = {
  readonly fileId: string;
  readonly status: 'received' | 'read' | 'refused' | 'discarded';
  readonly receivedAt: string;
  readonly format: StatementFormat | null;
  readonly statementIds: readonly string[];
  readonly problems: readonly StatementProblem[];
  readonly discarded?: { readonly by: string; readonly reason: string; readonly at: string };
};

/** True of a file of which nothing was read, and nobody has said that nothing is missing. */
export const isUnread = ({ status }: StatementFile): boolean =>
  status === 'received' || status === 'refused';

/** Where a list of statements goes on after one. */
export const headKey = ({ receivedAt, statementId }: StatementHead): string =>
  `${receivedAt}#${statementId}`;

/** A statement without its lines, which hold personal data and lie in the vault, by page. */
export type StatementHead = Pick<
  BankStatement,
  'format' | 'kind' | 'sequence' | 'currency' | 'opening' | 'closing' | 'problems'
> & {
  readonly statementId: string;
  readonly fileId: string;
  readonly receivedAt: string;
  /** The bank's own number of it. */
  readonly number: string | null;
  readonly account: Pick<BankStatement['account'], 'id' | 'scheme'>;
  readonly lines: number;
  readonly pages: number;
};

/** A line with the id that it is matched under; null where it is not matched (announced, old money). */
export type StoredLine = { readonly lineId: string | null; readonly line: StatementLine };

/** A sealed page stays under the 400 KB that an item of a table may have. */
const PAGE_BYTES = 200_000;
/** Of a file whose every row is wrong, the first rows say enough. */
const MOST_PROBLEMS = 100;

/** A file is its content: the same file twice has the same id. */
export const fileIdFor = (contentSha256: string): string => derivedId('fil', contentSha256);

/** A statement as it is stored: what can be listed, and its lines by page. */
export function storedStatement(
  statement: BankStatement,
  { fileId, receivedAt }: { readonly fileId: string; readonly receivedAt: string },
): { readonly head: StatementHead; readonly pages: readonly (readonly StoredLine[])[] } {
  const { format, kind, sequence, currency, opening, closing, account, lines } = statement;
  const pages = pagesOf(withLineIds(statement));
  const head = {
    statementId: statementKey(statement),
    ...{ fileId, receivedAt, format, kind, sequence, currency, opening, closing },
    number: statement.id,
    account: { id: account.id, scheme: account.scheme },
    lines: lines.length,
    pages: pages.length,
    problems: statement.problems.slice(0, MOST_PROBLEMS),
  };
  return { head, pages };
}

/** The file's record once it was read. */
export function readFileOf(
  reading: FileReading,
  { fileId, receivedAt }: { readonly fileId: string; readonly receivedAt: string },
): StatementFile {
  const statementIds = [...new Set(reading.statements.map(statementKey))];
  return {
    ...{ fileId, receivedAt, statementIds, format: reading.format },
    status: statementIds.length === 0 ? 'refused' : 'read',
    problems: reading.problems.slice(0, MOST_PROBLEMS),
  };
}

function withLineIds(statement: BankStatement): readonly StoredLine[] {
  const items = itemsOf(statement);
  const ids = new Map(bookedLines(statement).map((line, index) => [line, items[index]?.id]));
  return statement.lines.map((line) => ({ lineId: ids.get(line) ?? null, line }));
}

function pagesOf(lines: readonly StoredLine[]): readonly (readonly StoredLine[])[] {
  const pages: StoredLine[][] = [];
  let roomBytes = 0;
  for (const line of lines) {
    const bytes = Buffer.byteLength(JSON.stringify(line));
    const page = pages.at(-1);
    if (page === undefined || bytes > roomBytes) {
      pages.push([line]);
      roomBytes = PAGE_BYTES - bytes;
    } else {
      page.push(line);
      roomBytes -= bytes;
    }
  }
  return pages;
}
