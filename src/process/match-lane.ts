import type { BreakEvent, PayoutEvent, TreasuryEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { breakStream, derivedId } from '../platform/ids.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { paymentId } from '../reconciliation/expectations.ts';
import { type BreakStates, judgeResolutions } from '../reconciliation/judge-resolutions.ts';
import { type Lane, type LaneOutcome, linksOf } from '../reconciliation/lane.ts';
import { type Plan, planOf, type StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore, WorkEntry } from '../reconciliation/ports.ts';
import { settleClaimed } from './claimed-lines.ts';
import { debitedAfterAll } from './refused-payments.ts';
import { identifiedAmong } from './release-lines.ts';

export type PlanLanePorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'findLinked'>;
  readonly breaks: Pick<EventStore<BreakEvent>, 'load'>;
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
  readonly now: () => Date;
};

/** The payments of a batch hang together, and have a link each. */
const LINKS_AT_ONCE = 25;

/**
 * Plans what becomes of items that are to be looked at. Only they and what they are linked to are read,
 * however much the lane holds. Items whose break a person resolved, and those that are expected no
 * longer, are closed and not matched.
 */
export async function planLane(
  ports: PlanLanePorts,
  lane: Lane,
  work: readonly WorkEntry[],
): Promise<Plan> {
  const at = ports.now().toISOString();
  const planId = derivedId('pln', at, ...work.map(({ entry }) => entry));
  const ids = [...new Set(work.map(({ itemId }) => itemId))];
  const open = (await gather(ports, lane, ids)).filter(({ status }) => status === 'open');
  const named = await namedBesides(ports, lane, open);
  const all = [...open, ...named.items];
  const states = new Map([...named.states, ...(await statesOf(ports, all, named.states))]);
  const identified = await identifiedAmong(ports, all);
  const { resolved, reopen } = judgeResolutions(all, states, identified);
  const closed = all.filter(
    ({ status, item }) => status === 'open' && resolved.some((one) => names(one, item.id)),
  );
  const takenBack = new Set(work.flatMap(({ withdrawn, itemId }) => (withdrawn ? [itemId] : [])));
  const debited = await debitedAfterAll(ports, all, takenBack);
  const isWithdrawn = new Set([...takenBack].filter((itemId) => !debited.has(itemId)));
  const isClosed = new Set(closed.map(({ item }) => item.id));
  const rest = open.filter(({ item }) => !isClosed.has(item.id));
  const withdrawn = rest.filter(({ item }) => isWithdrawn.has(item.id));
  const matchable = rest.filter(({ item }) => !isWithdrawn.has(item.id));
  const asOf = at.slice(0, 'YYYY-MM-DD'.length);
  const candidates = matchable.map((one) => (identified.has(one.item.id) ? onlyItself(one) : one));
  const outcome = await settleClaimed(ports, lane, { items: candidates, calendar: { asOf } });
  const isKnown = ({ item }: StoredItem): boolean => outcome.known.has(item.id);
  const plan = planOf(
    outcome,
    {
      matchable: matchable.filter((one) => !isKnown(one)),
      withdrawn: [...withdrawn, ...matchable.filter(isKnown)],
      cleared: endedOf(states, reopen),
    },
    { planId, at },
  );
  const news = new Set([...ids, ...plan.matches.flatMap(({ left }) => left)]);
  return {
    ...{ ...plan, resolved, reopen, cameBack: cameBackOf(outcome, matchable, news) },
    clear: [...plan.clear, ...alsoCleared(closed, resolved)],
    items: [...plan.items, ...closed.map((item) => closedBy(item, resolved))],
  };
}

/**
 * Lines that stand in a break as payments that came back, and that settlement could not be told of: their
 * payment comes to the lane, or is debited, only now. Or a person has them looked at again.
 */
function cameBackOf(
  { breaks }: LaneOutcome,
  open: readonly StoredItem[],
  news: ReadonlySet<string>,
): readonly string[] {
  const lines = new Set(
    breaks.filter(({ type }) => type === 'returned').flatMap(({ right }) => right),
  );
  return open
    .filter(({ breakId, item: { id, keys } }) => {
      const isOfNews = news.has(id) || news.has(paymentId(keys.endToEndId ?? ''));
      return breakId !== null && lines.has(id) && isOfNews;
    })
    .map(({ item }) => item.id);
}

/** What is a trade's receipt by now is matched with that receipt, and with nothing else. */
const onlyItself = ({ item, ...one }: StoredItem): StoredItem => {
  const { id, currency, amountMinor, date } = item;
  return { ...one, item: { id, currency, amountMinor, date, keys: {} } };
};

type Resolved = Extract<BreakState, { status: 'resolved' }>;

const names = ({ left, right }: Resolved, itemId: string): boolean =>
  left.includes(itemId) || right.includes(itemId);

/** A closed item tells which break it was closed with. */
const closedBy = (item: StoredItem, resolved: readonly Resolved[]): StoredItem => ({
  ...item,
  status: 'closed',
  breakId: resolved.find((one) => names(one, item.item.id))?.facts.breakId ?? item.breakId,
});

/** Breaks that hold an item no longer: it is in another by now, or was not chosen when a person matched. */
function endedOf(states: BreakStates, reopen: Plan['reopen']): ReadonlySet<string> {
  const open = new Set(reopen.map(({ breakId }) => breakId));
  const ended = [...states].filter(
    ([breakId, { status }]) => status === 'resolved' && !open.has(breakId),
  );
  return new Set(ended.map(([breakId]) => breakId));
}

/** A break whose items a person has resolved as a part of another is cleared by that. */
function alsoCleared(closed: readonly StoredItem[], resolved: readonly Resolved[]): Plan['clear'] {
  const own = new Set(resolved.map(({ facts }) => facts.breakId));
  const others = new Set(closed.flatMap(({ breakId }) => breakId ?? []));
  return [...others]
    .filter((breakId) => !own.has(breakId))
    .map((breakId) => ({
      breakId,
      matchedBy: closed.filter((one) => one.breakId !== breakId).map(({ item }) => item.id),
    }));
}

/** The items and whatever shares a key with them, or with what shares one, as long as it is open. */
async function gather(
  { lanes }: PlanLanePorts,
  lane: Lane,
  itemIds: readonly string[],
): Promise<readonly StoredItem[]> {
  const found = new Map<string, StoredItem>();
  const followed = new Set<string>();
  let next: readonly string[] = itemIds;
  while (next.length > 0) {
    const items = await lanes.getItems(lane, next);
    for (const item of items) found.set(item.item.id, item);
    const open = items.filter(({ status }) => status === 'open');
    const links = new Set(open.flatMap(({ item }) => linksOf(item)));
    const fresh = [...links].filter((link) => !followed.has(link));
    for (const link of fresh) followed.add(link);
    const linked = new Set(open.flatMap(({ item }) => item.keys.lineId ?? []));
    for (let start = 0; start < fresh.length; start += LINKS_AT_ONCE) {
      const some = fresh.slice(start, start + LINKS_AT_ONCE);
      const ids = await Promise.all(some.map((link) => lanes.findLinked(lane, link)));
      for (const id of ids.flat()) linked.add(id);
    }
    next = [...linked].filter((id) => !found.has(id));
  }
  return [...found.values()];
}

/** What persons have matched the open items with, whatever became of it; and the breaks they did it in. */
async function namedBesides(
  ports: PlanLanePorts,
  lane: Lane,
  open: readonly StoredItem[],
): Promise<{ readonly items: readonly StoredItem[]; readonly states: BreakStates }> {
  const states = await statesOf(ports, open);
  const known = new Set(open.map(({ item }) => item.id));
  const ids = [...states.values()].flatMap((state) =>
    state.status === 'resolved' ? [...state.left, ...state.right] : [],
  );
  const others = [...new Set(ids)].filter((id) => !known.has(id));
  return { items: await ports.lanes.getItems(lane, others), states };
}

/** The breaks that these items are in, but for those that are known. */
async function statesOf(
  { breaks }: PlanLanePorts,
  items: readonly StoredItem[],
  known: BreakStates = new Map(),
): Promise<BreakStates> {
  const ids = new Set(items.flatMap(({ breakId }) => breakId ?? []));
  const fresh = [...ids].filter((breakId) => !known.has(breakId));
  return new Map(
    await Promise.all(
      fresh.map(
        async (breakId) =>
          [breakId, fold(breakEvolution, await breaks.load(breakStream(breakId)))] as const,
      ),
    ),
  );
}
