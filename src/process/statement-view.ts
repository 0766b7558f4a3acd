import type { StatementVault } from '../reconciliation/ports.ts';
import type { StatementHead } from '../reconciliation/stored-statement.ts';

/** A statement as the list of `GET /v1/statements` shows it. */
export const presentStatement = ({ statementId, pages: _, ...head }: StatementHead) => ({
  id: statementId,
  ...head,
});

/**
 * The answer of `GET /v1/statements/{statementId}`: the statement with one page of its lines, each
 * under the id that it is matched by. A page that it does not have is empty.
 */
export async function presentLines(
  vault: Pick<StatementVault, 'get'>,
  head: StatementHead,
  page: number,
) {
  const stored = page <= head.pages ? await vault.get(head.statementId, page) : [];
  return {
    ...presentStatement(head),
    page,
    pages: head.pages,
    data: stored.map(({ lineId, line }) => ({ lineId, ...line })),
  };
}
