import type { StatementStore } from '../../reconciliation/ports.ts';
import {
  headKey,
  isUnread,
  type StatementFile,
  type StatementHead,
} from '../../reconciliation/stored-statement.ts';
import { byKey } from './sorting.ts';

const RANKS: Readonly<Record<StatementFile['status'], number>> = {
  ...{ received: 0, read: 1, refused: 1, discarded: 2 },
};

const rankOf = ({ status }: StatementFile): number => RANKS[status];

/** Files and statements without a database: the same promises, kept for one process. */
export function inMemoryStatementStore(): StatementStore {
  const files = new Map<string, StatementFile>();
  const heads = new Map<string, StatementHead>();
  return {
    putFile: async (file) => {
      const known = files.get(file.fileId);
      if (known !== undefined && rankOf(known) > rankOf(file)) return;
      if (file.status === 'received' && known !== undefined) return;
      files.set(file.fileId, structuredClone(file));
    },
    getFile: async (fileId) => structuredClone(files.get(fileId)),
    listUnread: async () =>
      [...files.values()].filter(isUnread).map((file) => structuredClone(file)),
    putStatement: async (head) => {
      heads.set(head.statementId, structuredClone(head));
    },
    getStatement: async (statementId) => structuredClone(heads.get(statementId)),
    listStatements: async ({ limit, after }) =>
      [...heads.values()]
        .sort(byKey(headKey))
        .reverse()
        .filter((head) => after === undefined || headKey(head) < after)
        .slice(0, limit)
        .map((head) => structuredClone(head)),
  };
}
