import { type Check, check } from '../ledger/gate.ts';
import { laneNames } from '../reconciliation/lane.ts';
import type { LaneStore, StatementStore } from '../reconciliation/ports.ts';
import { checkChains } from '../reconciliation/statement-chain.ts';
import { uncoveredAccounts } from '../reconciliation/statement-coverage.ts';
import { headKey, type StatementHead } from '../reconciliation/stored-statement.ts';
import { everyBreak } from './break-list.ts';
import { presentBreak } from './break-view.ts';
import type { BreakSummary, ViewStore } from './views.ts';

/** How many messages a queue has: waiting, being worked on, or delayed. */
export type QueueDepth = { readonly queue: string; readonly messages: number };

/** The queues that bring what is recorded to what is shown, and those of what could not be worked. */
export type Backlog = () => Promise<{
  readonly readModels: readonly QueueDepth[];
  readonly deadLetters: readonly QueueDepth[];
}>;

export type PeriodCheckPorts = {
  readonly views: Pick<ViewStore, 'listBreaks'>;
  readonly statements: Pick<StatementStore, 'listStatements' | 'listUnread'>;
  readonly lanes: Pick<LaneStore, 'listWork' | 'getItems'>;
  readonly backlog: Backlog;
};

type Span = { readonly from: string; readonly asOf: string };

const READ_AT_ONCE = 500;
const MOST_WAITING = 500;

/** What of the gate the statements, the matching, and the way of records to the books' views answer. */
export async function reconciliationChecks(
  ports: PeriodCheckPorts,
  span: Span,
): Promise<readonly Check[]> {
  const [heads, breaks, backlog, unread, matching] = await Promise.all([
    everyStatement(ports.statements),
    openBreaks(ports.views, span.asOf),
    ports.backlog(),
    ports.statements.listUnread(),
    matchingCheck(ports, span.asOf),
  ]);
  return [
    readModelsCheck(backlog),
    deadLettersCheck(backlog),
    filesCheck(unread),
    statementsCheck(heads, breaks, span.asOf),
    coverageCheck(heads, span),
    matching,
    breaksCheck(breaks, span.asOf),
  ];
}

/** Every statement, the latest to arrive first. */
export async function everyStatement({
  listStatements,
}: Pick<StatementStore, 'listStatements'>): Promise<readonly StatementHead[]> {
  const heads: StatementHead[] = [];
  for (;;) {
    const last = heads.at(-1);
    const after = last === undefined ? undefined : headKey(last);
    const page = await listStatements({ limit: READ_AT_ONCE, after });
    heads.push(...page);
    if (page.length < READ_AT_ONCE) return heads;
  }
}

async function openBreaks(
  views: PeriodCheckPorts['views'],
  asOf: string,
): Promise<readonly BreakSummary[]> {
  const lists = await Promise.all([
    everyBreak(views, 'open'),
    everyBreak(views, 'write_off_proposed'),
  ]);
  return lists.flat().filter(({ since }) => since <= asOf);
}

type Waiting = Awaited<ReturnType<Backlog>>;

const some = (depths: readonly QueueDepth[]): readonly QueueDepth[] =>
  depths.filter(({ messages }) => messages > 0);

const total = (depths: readonly QueueDepth[]): number =>
  depths.reduce((sum, { messages }) => sum + messages, 0);

/** What is on its way may be of the period, since a queue does not tell how old it is; it is there in seconds. */
function readModelsCheck({ readModels }: Waiting): Check {
  const behind = some(readModels);
  return behind.length === 0
    ? check('read_models', 'green', 'Everything that is recorded is in the books.')
    : check(
        'read_models',
        'red',
        `${total(behind)} records are on their way to the books, of whichever month: ask again in a moment.`,
        behind,
      );
}

function deadLettersCheck({ deadLetters }: Waiting): Check {
  const dead = some(deadLetters);
  return dead.length === 0
    ? check('dead_letters', 'green', 'Every message was worked.')
    : check(
        'dead_letters',
        'red',
        `${total(dead)} messages could not be worked: mend the cause and put them back.`,
        dead,
      );
}

/** A file that came late may hold what is missing of any month. */
function filesCheck(
  unread: Awaited<ReturnType<PeriodCheckPorts['statements']['listUnread']>>,
): Check {
  const items = unread.map(({ fileId, status, receivedAt, problems }) => ({
    ...{ fileId, status, receivedAt, problems },
  }));
  return unread.length === 0
    ? check('files', 'green', 'Every file was read.')
    : check(
        'files',
        'red',
        `${unread.length} files were not read: bring them again, or discard them with a reason.`,
        items,
      );
}

/** Rec H over every account's statements that close within the period or before it. */
function statementsCheck(
  heads: readonly StatementHead[],
  breaks: readonly BreakSummary[],
  asOf: string,
): Check {
  const links = heads
    .filter(({ closing }) => (closing?.date ?? '') <= asOf)
    .map((head) => ({ ...head, key: head.statementId }));
  const broken = checkChains(links, asOf);
  const explained = new Set(
    breaks.flatMap(({ breakId, explanation }) => (explanation === undefined ? [] : [breakId])),
  );
  const open = broken.filter(({ id }) => !explained.has(id));
  if (broken.length === 0) {
    return check(
      'statements',
      'green',
      `${links.length} statements follow one another and add up.`,
    );
  }
  return open.length === 0
    ? check('statements', 'itemized', `${broken.length} breaks, each explained.`, broken)
    : check('statements', 'red', `${open.length} breaks between statements.`, broken);
}

/** An account on which something lay has a statement in every month. */
function coverageCheck(heads: readonly StatementHead[], { from, asOf: until }: Span): Check {
  const missing = uncoveredAccounts(heads, { from, until });
  const red = missing.filter(({ isEmpty }) => !isEmpty);
  if (missing.length === 0) {
    return check('statement_accounts', 'green', 'Every account has a statement in the month.');
  }
  return red.length === 0
    ? check(
        'statement_accounts',
        'itemized',
        `${missing.length} accounts without a statement had nothing on them.`,
        missing,
      )
    : check(
        'statement_accounts',
        'red',
        `${red.length} accounts have no statement in the month: bring them.`,
        missing,
      );
}

/** What nobody has looked at yet is in no break: recs A to G are done once nothing of the period waits. */
async function matchingCheck({ lanes }: PeriodCheckPorts, asOf: string): Promise<Check> {
  const inLanes = laneNames.map(async (lane) => {
    const work = await lanes.listWork(lane, { today: asOf, limit: MOST_WAITING });
    // So many are not told apart: the lane is behind.
    if (work.length === MOST_WAITING) return MOST_WAITING;
    const items = await lanes.getItems(lane, [...new Set(work.map(({ itemId }) => itemId))]);
    return items.filter(({ status, item }) => status === 'open' && item.date <= asOf).length;
  });
  const waiting = (await Promise.all(inLanes)).reduce((sum, count) => sum + count, 0);
  return waiting === 0
    ? check('matching', 'green', 'Nothing waits to be matched.')
    : check('matching', 'red', `At least ${waiting} movements wait to be matched.`);
}

/** What a person has explained may stay open; what nobody has looked at may not. */
function breaksCheck(open: readonly BreakSummary[], asOf: string): Check {
  const unexplained = open.filter(({ explanation }) => explanation === undefined);
  const items = open.map((one) => presentBreak(one, asOf));
  if (open.length === 0) return check('breaks', 'green', 'Nothing is unreconciled.');
  return unexplained.length === 0
    ? check('breaks', 'itemized', `${open.length} breaks are open, each explained.`, items)
    : check('breaks', 'red', `${unexplained.length} breaks are open and not explained.`, items);
}
