import type { BreakEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { type Lane, linksOf, settleLane } from '../reconciliation/lane.ts';
import { type Plan, planOf, type StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';

export type PlanLanePorts = {
  readonly lanes: Pick<LaneStore, 'getItems' | 'findLinked'>;
  readonly breaks: Pick<EventStore<BreakEvent>, 'load'>;
  readonly now: () => Date;
};

/** The payments of a batch hang together, and have a link each. */
const LINKS_AT_ONCE = 25;

type Resolved = Extract<BreakState, { status: 'resolved' }>;

/**
 * Plans what becomes of items that are to be looked at. Only they and what they are linked to are read,
 * however much the lane holds. Items whose break a person resolved are closed and no longer matched.
 */
export async function planLane(
  ports: PlanLanePorts,
  lane: Lane,
  itemIds: readonly string[],
): Promise<Plan> {
  const at = ports.now().toISOString();
  const seen = await gather(ports, lane, itemIds);
  const open = seen.filter(({ status }) => status === 'open');
  const resolved = await resolvedBreaks(ports, open);
  const closed = await toClose(ports, lane, { open, resolved });
  const isClosed = new Set(closed.map(({ item }) => item.id));
  const rest = open.filter(({ item }) => !isClosed.has(item.id));
  const outcome = settleLane(lane, rest, { asOf: at.slice(0, 'YYYY-MM-DD'.length) });
  const plan = planOf(outcome, rest, { at });
  return {
    ...plan,
    resolved,
    clear: [...plan.clear, ...alsoCleared(closed, resolved)],
    items: [...plan.items, ...closed.map((item) => ({ ...item, status: 'closed' as const }))],
  };
}

/** The open items of resolved breaks, and those that a person has matched them with. */
async function toClose(
  { lanes }: PlanLanePorts,
  lane: Lane,
  {
    open,
    resolved,
  }: { readonly open: readonly StoredItem[]; readonly resolved: readonly Resolved[] },
): Promise<readonly StoredItem[]> {
  const ids = new Set(resolved.flatMap(({ left, right }) => [...left, ...right]));
  const known = new Map(open.map((one) => [one.item.id, one]));
  const others = await lanes.getItems(
    lane,
    [...ids].filter((id) => !known.has(id)),
  );
  return [...open.filter(({ item }) => ids.has(item.id)), ...others].filter(
    ({ status }) => status === 'open',
  );
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
    const links = new Set(
      items.filter(({ status }) => status === 'open').flatMap(({ item }) => linksOf(item)),
    );
    const fresh = [...links].filter((link) => !followed.has(link));
    for (const link of fresh) followed.add(link);
    const linked = new Set<string>();
    for (let start = 0; start < fresh.length; start += LINKS_AT_ONCE) {
      const some = fresh.slice(start, start + LINKS_AT_ONCE);
      const ids = await Promise.all(some.map((link) => lanes.findLinked(lane, link)));
      for (const id of ids.flat()) linked.add(id);
    }
    next = [...linked].filter((id) => !found.has(id));
  }
  return [...found.values()];
}

/** The breaks that these items are in, as far as a person has resolved them. */
async function resolvedBreaks(
  { breaks }: PlanLanePorts,
  open: readonly StoredItem[],
): Promise<readonly Resolved[]> {
  const ids = [...new Set(open.flatMap(({ breakId }) => breakId ?? []))];
  const states = await Promise.all(
    ids.map(async (id) => fold(breakEvolution, await breaks.load(breakStream(id)))),
  );
  return states.filter(
    (state): state is Resolved => state.status === 'resolved' && state.resolution !== 'cleared',
  );
}
