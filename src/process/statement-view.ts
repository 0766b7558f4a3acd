import type { Lane } from '../reconciliation/lane.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore, StatementVault } from '../reconciliation/ports.ts';
import type { StatementHead } from '../reconciliation/stored-statement.ts';

export type StatementViewPorts = {
  readonly lines: Pick<StatementVault, 'get'>;
  readonly lanes: Pick<LaneStore, 'getItems'>;
};

/** A statement as the list of `GET /v1/statements` shows it. */
export const presentStatement = ({ statementId, pages: _, ...head }: StatementHead) => ({
  id: statementId,
  ...head,
});

/**
 * The answer of `GET /v1/statements/{statementId}`: the statement with one page of its lines, each
 * under the id that it is matched by and with what has become of it. A page that it does not have is
 * empty.
 */
export async function presentLines(ports: StatementViewPorts, head: StatementHead, page: number) {
  const stored = page <= head.pages ? await ports.lines.get(head.statementId, page) : [];
  const ids = stored.flatMap(({ lineId }) => lineId ?? []);
  const items = await itemsOfLines(ports, lanesOf(head), ids);
  return {
    ...presentStatement(head),
    page,
    pages: head.pages,
    data: stored.map(({ lineId, line }) => ({
      ...{ lineId, ...line },
      matching: matchingOf(lineId === null ? undefined : items.get(lineId)),
    })),
  };
}

/** Where the lines of such a statement are matched. */
const lanesOf = ({ format }: StatementHead): readonly Lane[] =>
  format === 'stripe-balance' ? ['provider', 'provider_payouts'] : ['bank_out', 'bank_in'];

async function itemsOfLines(
  { lanes }: StatementViewPorts,
  names: readonly Lane[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredItem>> {
  const found = await Promise.all(names.map((lane) => lanes.getItems(lane, ids)));
  return new Map(found.flat().map((item) => [item.item.id, item]));
}

/** Null where nothing waits for the line: it is announced only, or in money of the past. */
function matchingOf(item: StoredItem | undefined) {
  if (item === undefined) return null;
  const { lane, status, matchId, breakId } = item;
  return {
    ...{ lane, status },
    ...(matchId === null ? {} : { matchId }),
    ...(breakId === null ? {} : { breakId }),
  };
}
