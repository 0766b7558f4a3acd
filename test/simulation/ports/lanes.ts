import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import { laneNames } from '../../../src/reconciliation/lane.ts';
import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import type { LaneStore } from '../../../src/reconciliation/ports.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

export type LanesTable = {
  readonly storeFor: (task: Task) => LaneStore;
  readonly all: () => readonly StoredItem[];
  /** Whether anything is to be looked at by that day, or was planned and not carried out. */
  readonly hasWork: (today: string) => Promise<boolean>;
  /** The days from the given one on, from which something that is still open is missing. */
  readonly dueAfter: (today: string) => readonly string[];
};

/**
 * The reconciliation table: the store that tests use, each of whose writes is one item's, so that a
 * function may die between any two of them.
 */
export function createLanes(sim: Sim, onChange: () => void = () => {}): LanesTable {
  const store = inMemoryLaneStore();
  return {
    all: store.all,
    storeFor: (task) => laneStore({ sim, task, store, onChange }),
    hasWork: async (today) => {
      for (const lane of laneNames) {
        if ((await store.getPlan(lane)) !== undefined) return true;
        if ((await store.listWork(lane, { today, limit: 1 })).length > 0) return true;
      }
      return false;
    },
    dueAfter: (today) => [
      ...new Set(
        store
          .all()
          .filter(({ status, dueOn }) => status === 'open' && dueOn !== null && dueOn > today)
          .flatMap(({ dueOn }) => dueOn ?? []),
      ),
    ],
  };
}

function laneStore({
  sim,
  task,
  store,
  onChange,
}: {
  readonly sim: Sim;
  readonly task: Task;
  readonly store: LaneStore;
  readonly onChange: () => void;
}): LaneStore {
  const read = <T>(kind: string, subject: string, effect: () => Promise<T>): Promise<T> =>
    sim.calls.call<T>(task, {
      ...{ kind: `lanes.${kind}`, subject, faults: AWS_READ },
      effect: effect as () => T,
    });
  const write = <T>(kind: string, subject: string, effect: () => Promise<T>): Promise<T> =>
    sim.calls.call<T>(task, {
      ...{ kind: `lanes.${kind}`, subject, faults: AWS_WRITE },
      effect: () => {
        onChange();
        return effect() as T;
      },
    });
  return {
    addItems: async (items) => {
      for (const one of items) await write('add_item', one.item.id, () => store.addItems([one]));
    },
    getItems: (lane, ids) => read('get_items', lane, () => store.getItems(lane, ids)),
    findLinked: (lane, link) => read('find_linked', link, () => store.findLinked(lane, link)),
    listWork: (lane, query) => read('list_work', lane, () => store.listWork(lane, query)),
    finishWork: (lane, entries) =>
      write('finish_work', lane, () => store.finishWork(lane, entries)),
    addWork: (lane, ids) => write('add_work', ids.join(' '), () => store.addWork(lane, ids)),
    saveItems: async (items) => {
      for (const one of items) await write('save_item', one.item.id, () => store.saveItems([one]));
    },
    reopenItems: async (items) => {
      for (const one of items) {
        await write('reopen_item', one.item.id, () => store.reopenItems([one]));
      }
    },
    saveMatches: async (matches) => {
      for (const one of matches) {
        await write('save_match', one.matchId, () => store.saveMatches([one]));
      }
    },
    getMatch: (matchId) => read('get_match', matchId, () => store.getMatch(matchId)),
    getPlan: (lane) => read('get_plan', lane, () => store.getPlan(lane)),
    savePlan: (lane, plan) => write('save_plan', lane, () => store.savePlan(lane, plan)),
    lease: (lane, lease) => write('lease', lane, () => store.lease(lane, lease)),
    release: (lane, holder) => write('release', lane, () => store.release(lane, holder)),
  };
}
