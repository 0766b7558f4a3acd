import { type Lane, type LaneItem, linksOf } from '../../reconciliation/lane.ts';
import {
  type Plan,
  type StoredItem,
  type StoredMatch,
  storedOf,
} from '../../reconciliation/plan.ts';
import type { LaneStore } from '../../reconciliation/ports.ts';

type Items = {
  readonly stored: Map<string, StoredItem>;
  /** Keys of items that are to be looked at, each under the number of its note. */
  readonly work: Map<string, string>;
  /** The notes of those that are expected no longer. */
  readonly withdrawn: Set<string>;
  /** Keys of items that were looked at since they fell due. */
  readonly passed: Set<string>;
};

const keyOf = (lane: Lane, id: string): string => `${lane}#${id}`;

/** A lane's items without a database: the same promises, kept for one process. */
export function inMemoryLaneStore(): LaneStore & { readonly all: () => readonly StoredItem[] } {
  const items: Items = {
    ...{ stored: new Map(), work: new Map() },
    ...{ withdrawn: new Set(), passed: new Set() },
  };
  return {
    all: () => structuredClone([...items.stored.values()]),
    ...itemsStore(items),
    ...decisionStore(),
  };
}

function itemsStore({
  stored,
  work,
  withdrawn,
  passed,
}: Items): Pick<
  LaneStore,
  | 'addItems'
  | 'getItems'
  | 'findLinked'
  | 'listWork'
  | 'finishWork'
  | 'addWork'
  | 'saveItems'
  | 'reopenItems'
> {
  const openIn = (lane: Lane): StoredItem[] =>
    [...stored.values()].filter((item) => item.lane === lane && item.status === 'open');
  let notes = 0;
  const note = (key: string, isWithdrawn = false): void => {
    notes += 1;
    work.set(`work#${notes}`, key);
    if (isWithdrawn) withdrawn.add(`work#${notes}`);
  };
  const add = (one: LaneItem): void => {
    const key = keyOf(one.lane, one.item.id);
    const known = stored.get(key) ?? storedOf(structuredClone(one));
    stored.set(key, known);
    if (known.status === 'open') note(key, one.withdrawn);
  };
  return {
    addItems: async (added) => {
      for (const one of added) add(one);
    },
    getItems: async (lane, ids) =>
      ids.flatMap((id) => structuredClone(stored.get(keyOf(lane, id))) ?? []),
    findLinked: async (lane, link) =>
      openIn(lane)
        .filter(({ item }) => linksOf(item).includes(link))
        .map(({ item }) => item.id),
    listWork: async (lane, { today, limit }) => {
      const isDue = ({ dueOn, item }: StoredItem): boolean =>
        dueOn !== null && dueOn <= today && !passed.has(keyOf(lane, item.id));
      const added = [...work].filter(([, key]) => key.startsWith(keyOf(lane, '')));
      const due = openIn(lane).filter(isDue);
      return [
        ...added.map(([entry, key]) => ({
          ...{ entry, itemId: key.slice(keyOf(lane, '').length) },
          withdrawn: withdrawn.has(entry),
        })),
        ...due.map(({ item }) => ({
          ...{ entry: `due#${keyOf(lane, item.id)}`, itemId: item.id, withdrawn: false },
        })),
      ].slice(0, limit);
    },
    finishWork: async (_, entries) => {
      for (const { entry } of entries) {
        if (!work.delete(entry)) passed.add(entry.slice('due#'.length));
      }
    },
    addWork: async (lane, ids) => {
      for (const id of ids) note(keyOf(lane, id));
    },
    saveItems: async (saved) => {
      for (const one of saved) stored.set(keyOf(one.lane, one.item.id), structuredClone(one));
    },
    reopenItems: async (closed) => {
      for (const one of closed) {
        const key = keyOf(one.lane, one.item.id);
        stored.set(key, { ...structuredClone(one), status: 'open' });
        note(key);
      }
    },
  };
}

function decisionStore(): Pick<
  LaneStore,
  'saveMatches' | 'getMatch' | 'getPlan' | 'savePlan' | 'lease' | 'release'
> {
  const matches = new Map<string, StoredMatch>();
  const plans = new Map<Lane, Plan>();
  const leases = new Map<Lane, { readonly holder: string; readonly until: string }>();
  const take = (lane: Lane, holder: string, { now, until }: { now: string; until: string }) => {
    const held = leases.get(lane);
    if (held !== undefined && held.holder !== holder && held.until > now) return false;
    leases.set(lane, { holder, until });
    return true;
  };
  return {
    saveMatches: async (saved) => {
      for (const match of saved) matches.set(match.matchId, structuredClone(match));
    },
    getMatch: async (matchId) => structuredClone(matches.get(matchId)),
    getPlan: async (lane) => structuredClone(plans.get(lane)),
    savePlan: async (lane, plan) => {
      if (plan === undefined) plans.delete(lane);
      else plans.set(lane, structuredClone(plan));
    },
    lease: async (lane, { holder, now, until }) => take(lane, holder, { now, until }),
    release: async (lane, holder) => {
      take(lane, holder, { now: '', until: '' });
    },
  };
}
