import { inMemoryStatementStore } from '../../../src/adapters/in-memory/statement-store.ts';
import { CodedError } from '../../../src/platform/errors.ts';
import type { StatementStore, StatementVault } from '../../../src/reconciliation/ports.ts';
import type { StatementHead, StoredLine } from '../../../src/reconciliation/stored-statement.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

export type StatementsTable = {
  readonly storeFor: (task: Task) => StatementStore;
  readonly vaultFor: (task: Task) => StatementVault;
  /** The bucket: a file by its key, written by whoever uploads and read by the function. */
  readonly bucketFor: (task: Task) => {
    readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
    readonly get: (key: string) => Promise<Uint8Array | undefined>;
  };
  readonly heads: ReadonlyMap<string, StatementHead>;
};

/** What came of files, the lines in the vault, and the files themselves. */
export function createStatements(sim: Sim): StatementsTable {
  const store = inMemoryStatementStore();
  const heads = new Map<string, StatementHead>();
  const pages = new Map<string, readonly StoredLine[]>();
  const files = new Map<string, Uint8Array>();
  const callOf =
    (task: Task, faults: typeof AWS_READ) =>
    <T>(kind: string, subject: string, effect: () => T | Promise<T>): Promise<T> =>
      sim.calls.call<T>(task, { kind, subject, faults, effect: effect as () => T });

  return {
    heads,
    storeFor: (task) => {
      const read = callOf(task, AWS_READ);
      const write = callOf(task, AWS_WRITE);
      return {
        putFile: (file) => write('statements.put_file', file.fileId, () => store.putFile(file)),
        getFile: (fileId) => read('statements.get_file', fileId, () => store.getFile(fileId)),
        listUnread: () => read('statements.list_unread', '', () => store.listUnread()),
        putStatement: (head) =>
          write('statements.put', head.statementId, () => {
            heads.set(head.statementId, head);
            return store.putStatement(head);
          }),
        getStatement: (id) => read('statements.get', id, () => store.getStatement(id)),
        listStatements: (query) => read('statements.list', '', () => store.listStatements(query)),
      };
    },
    vaultFor: (task) => ({
      put: (statementId, page, lines) =>
        callOf(task, AWS_WRITE)('vault.put_lines', `${statementId}#${page}`, () => {
          pages.set(`${statementId}#${page}`, lines);
        }),
      get: (statementId, page) =>
        callOf(task, AWS_READ)('vault.get_lines', `${statementId}#${page}`, () => {
          const lines = pages.get(`${statementId}#${page}`);
          if (lines !== undefined) return lines;
          const message = 'There are no such lines.';
          throw new CodedError({ code: 'statement.lines_missing', message, retryable: false });
        }),
    }),
    bucketFor: (task) => ({
      put: (key, bytes) =>
        callOf(task, AWS_WRITE)('bucket.put', key, () => void files.set(key, bytes)),
      get: (key) => callOf(task, AWS_READ)('bucket.get', key, () => files.get(key)),
    }),
  };
}
