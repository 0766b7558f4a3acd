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
  const closed = open.filter(({ item }) => resolved.has(item.id));
  const rest = open.filter(({ item }) => !resolved.has(item.id));
  const outcome = settleLane(lane, rest, { asOf: at.slice(0, 'YYYY-MM-DD'.length) });
  const plan = planOf(outcome, rest, { at });
  const items = [...plan.items, ...closed.map((item) => ({ ...item, status: 'closed' as const }))];
  return { ...plan, items, resolved: [...new Set(resolved.values())] };
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
    const linked = await Promise.all(fresh.map((link) => lanes.findLinked(lane, link)));
    next = [...new Set(linked.flat())].filter((id) => !found.has(id));
  }
  return [...found.values()];
}

/** By item: the break that it is in, where a person has resolved it. */
async function resolvedBreaks(
  { breaks }: PlanLanePorts,
  open: readonly StoredItem[],
): Promise<ReadonlyMap<string, Resolved>> {
  const ids = [...new Set(open.flatMap(({ breakId }) => breakId ?? []))];
  const states = await Promise.all(
    ids.map(async (id) => fold(breakEvolution, await breaks.load(breakStream(id)))),
  );
  const byItem = new Map<string, Resolved>();
  for (const state of states) {
    if (state.status !== 'resolved' || state.resolution === 'cleared') continue;
    for (const id of itemsOfBreak(state)) byItem.set(id, state);
  }
  return byItem;
}

const itemsOfBreak = ({ facts }: Resolved): readonly string[] => [...facts.left, ...facts.right];
