import type { StatementStore } from '../../reconciliation/ports.ts';
import type { StatementFile, StatementHead } from '../../reconciliation/stored-statement.ts';
import { byKey } from './sorting.ts';

/** Files and statements without a database: the same promises, kept for one process. */
export function inMemoryStatementStore(): StatementStore {
  const files = new Map<string, StatementFile>();
  const heads = new Map<string, StatementHead>();
  return {
    putFile: async (file) => {
      if (file.status === 'received' && files.has(file.fileId)) return;
      files.set(file.fileId, structuredClone(file));
    },
    getFile: async (fileId) => structuredClone(files.get(fileId)),
    putStatement: async (head) => {
      heads.set(head.statementId, structuredClone(head));
    },
    getStatement: async (statementId) => structuredClone(heads.get(statementId)),
    listStatements: async ({ limit }) =>
      [...heads.values()]
        .sort(byKey(({ receivedAt, statementId }) => `${receivedAt}#${statementId}`))
        .reverse()
        .slice(0, limit)
        .map((head) => structuredClone(head)),
  };
}
