import type { StatementFile, StatementHead, StoredLine } from './stored-statement.ts';

/** Files and statements by what they are. Writing one again changes nothing. */
export type StatementStore = {
  /** Keeps the file's record; that it was received does not replace what came of reading it. */
  putFile(file: StatementFile): Promise<void>;
  getFile(fileId: string): Promise<StatementFile | undefined>;
  putStatement(head: StatementHead): Promise<void>;
  getStatement(statementId: string): Promise<StatementHead | undefined>;
  /** The latest to be received first. */
  listStatements(query: { readonly limit: number }): Promise<readonly StatementHead[]>;
};

/** Keeps the lines of statements, with the names and texts in them, encrypted. Pages count from 1. */
export type StatementVault = {
  put(statementId: string, page: number, lines: readonly StoredLine[]): Promise<void>;
  /** @throws CodedError `statement.lines_missing` | `statement.lines_unreadable`, not retryable. */
  get(statementId: string, page: number): Promise<readonly StoredLine[]>;
};
