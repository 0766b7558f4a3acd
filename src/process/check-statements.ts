import type { BreakEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import type { BreakFacts } from '../reconciliation/break-state.ts';
import type { StatementStore } from '../reconciliation/ports.ts';
import { checkChains } from '../reconciliation/statement-chain.ts';
import { everyBreak } from './break-list.ts';
import { everyStatement } from './period-checks.ts';
import { stepBreak } from './step-break.ts';
import type { ViewStore } from './views.ts';

export type CheckStatementsPorts = {
  readonly statements: Pick<StatementStore, 'listStatements'>;
  readonly views: Pick<ViewStore, 'listBreaks'>;
  readonly breaks: EventStore<BreakEvent>;
  readonly now: () => Date;
};

/**
 * Keeps rec H's breaks: one for each place where an account's statements do not follow one another or do
 * not add up, of the age of the later one, until the statement comes that mends it. Answers how many stand.
 */
export async function checkStatements(ports: CheckStatementsPorts): Promise<number> {
  const at = ports.now().toISOString();
  const heads = await everyStatement(ports.statements);
  const links = heads.map((head) => ({ ...head, key: head.statementId }));
  const found = checkChains(links, at.slice(0, 'YYYY-MM-DD'.length));
  const isFound = new Set(found.map(({ id }) => id));
  const standing = (await everyBreak(ports.views, 'open')).filter(({ rec }) => rec === 'H');
  const isStanding = new Set(standing.map(({ breakId }) => breakId));
  for (const { breakId } of standing.filter((one) => !isFound.has(one.breakId))) {
    const cleared = { type: 'ClearBreak', matchedBy: [], at } as const;
    await stepBreak(ports, { breakId, cause: `statements#clear#${at}` }, cleared);
  }
  for (const { id: breakId, type, right, currency, differenceMinor, since } of found) {
    if (isStanding.has(breakId)) continue;
    const facts: BreakFacts = {
      ...{ breakId, rec: 'H', breakType: type, left: [], right: [...right], since, raisedAt: at },
      difference: { currency, amountMinor: differenceMinor },
    };
    const raised = { type: 'RaiseBreak', facts } as const;
    await stepBreak(ports, { breakId, cause: `statements#raise#${at}` }, raised);
  }
  return found.length;
}
