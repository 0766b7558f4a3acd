import type { BreakEvent, TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { breakStream, treasuryStream } from '../platform/ids.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { sentBackId, sentBackNoLonger } from '../reconciliation/expectations.ts';
import { type Lane, linksOf } from '../reconciliation/lane.ts';
import { referencesOf } from '../reconciliation/line-references.ts';
import type { StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore, WorkEntry } from '../reconciliation/ports.ts';
import { movementEvolution } from '../treasury/movement.ts';
import { stepBreak } from './step-break.ts';

export type LateExpectationsPorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'findLinked' | 'addItems' | 'reopenItems'>;
  readonly breaks: EventStore<BreakEvent>;
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
  readonly now: () => Date;
};

/**
 * A bank's line may be read, and written off or sent back by a person, before what the books have of it is
 * expected here. It is no difference then: what the person did is taken back, and the line is open for what
 * expects it. This is so of what is not booked under the line's reference, which a person has taken with
 * the line: a payout that came back, and duties. True where there was any.
 */
export async function reopenLate(
  ports: LateExpectationsPorts,
  lane: Lane,
  work: readonly WorkEntry[],
): Promise<boolean> {
  if (lane !== 'bank_out') return false;
  const ids = new Set(work.map(({ itemId }) => itemId));
  const looked = await ports.lanes.getItems(lane, [...ids]);
  let isAny = false;
  for (const expected of looked) {
    const state = isBookedElsewhere(expected) ? await breakOfLine(ports, expected) : undefined;
    if (state === undefined) continue;
    await reopen(ports, state, expected);
    isAny = true;
  }
  return isAny;
}

/** What is expected of duties begins so. */
const DUTIES = 'duties_paid:';

const isBookedElsewhere = ({ side, status, item }: StoredItem): boolean =>
  side === 'left' &&
  status === 'open' &&
  (item.returned !== undefined || item.id.startsWith(DUTIES));

/** True of a debit that paid duties which are expected already, and have not found another line. */
export async function isBookedAsDuties(
  { lanes }: { readonly lanes: Pick<LaneStore, 'getItems'> },
  { lane, item: { returned, keys } }: StoredItem,
  left: readonly string[],
): Promise<boolean> {
  if (lane !== 'bank_out' || returned !== undefined) return false;
  const names = [keys.endToEndId, keys.bankReference].flatMap((name) => name ?? []);
  const found = await lanes.getItems(
    lane,
    names.map((name) => `${DUTIES}${name}`),
  );
  return found.some(({ status, item }) => status === 'open' && !left.includes(item.id));
}

type Raised = Exclude<BreakState, { status: 'not_raised' }>;

/** The break of the line that a person resolved; none where another line is there for what is expected. */
async function breakOfLine(
  ports: LateExpectationsPorts,
  { lane, item }: StoredItem,
): Promise<Raised | undefined> {
  const { lanes, movements, breaks } = ports;
  const [reference = ''] = referencesOf(item);
  const taken = fold(movementEvolution, await movements.load(treasuryStream(reference)));
  if (taken.status !== 'taken' || taken.event.type !== 'ReferenceTaken') return undefined;
  const isOpenLine = (one: StoredItem): boolean =>
    one.side === 'right' && one.status === 'open' && isReturn(one) === isReturn({ item });
  const linked = await Promise.all(linksOf(item).map((link) => lanes.findLinked(lane, link)));
  if ((await lanes.getItems(lane, linked.flat())).some(isOpenLine)) return undefined;
  const [line] = await lanes.getItems(lane, [taken.event.lineId]);
  if (line?.status !== 'closed' || line.breakId === null) return undefined;
  const state = fold(breakEvolution, await breaks.load(breakStream(line.breakId)));
  if (state.status === 'not_raised' || isKept(state)) return undefined;
  return (await isGone(ports, lane, line.breakId)) ? undefined : state;
}

/** What was sent back has left the bank: its debit was found, or a person has said which one it is. */
async function isGone(
  { lanes, breaks }: LateExpectationsPorts,
  lane: Lane,
  breakId: string,
): Promise<boolean> {
  const [sentBack] = await lanes.getItems(lane, [sentBackId(breakId)]);
  if (sentBack?.status !== 'closed') return sentBack?.status === 'matched';
  // What is expected no longer is closed, too, and was resolved by nobody.
  if (sentBack.breakId === null) return false;
  const state = fold(breakEvolution, await breaks.load(breakStream(sentBack.breakId)));
  return state.status === 'resolved' && state.resolution !== 'cleared';
}

const isReturn = ({ item }: Pick<StoredItem, 'item'>): boolean => item.returned !== undefined;

/** What a person has matched the line with is not taken from it. */
const isKept = (state: BreakState): boolean =>
  state.status === 'resolved' && (state.resolution === 'matched' || state.resolution === 'cleared');

/** Each step may be repeated, and all of them are as long as the line is closed. */
async function reopen(
  { lanes, breaks, now }: LateExpectationsPorts,
  state: Raised,
  { lane, item }: StoredItem,
): Promise<void> {
  const { breakId, left, right } = state.facts;
  const at = now().toISOString();
  const cause = `matching#ReopenBreak#${item.id}#${at}`;
  const command = { type: 'ReopenBreak', taken: [item.id], at } as const;
  await stepBreak({ breaks, now }, { breakId, cause }, command);
  if (state.status === 'resolved' && state.resolution === 'sent_back') {
    await lanes.addItems([sentBackNoLonger(breakId, at.slice(0, 'YYYY-MM-DD'.length))]);
  }
  const own = await lanes.getItems(lane, [...left, ...right]);
  await lanes.reopenItems(own.filter((one) => one.status === 'closed' && one.breakId === breakId));
}
