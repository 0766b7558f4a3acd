import { inMemoryLaneStore } from '../../../src/adapters/in-memory/lane-store.ts';
import type { StoredItem } from '../../../src/reconciliation/plan.ts';
import type { LaneStore } from '../../../src/reconciliation/ports.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_WRITE } from './aws-errors.ts';

export type LanesTable = {
  readonly storeFor: (task: Task) => Pick<LaneStore, 'addItems' | 'addWork'>;
  readonly all: () => readonly StoredItem[];
};

/** The reconciliation table as far as trades reach it: what the books expect others to say. */
export function createLanes(sim: Sim): LanesTable {
  const store = inMemoryLaneStore();
  const write = (task: Task, kind: string, subject: string, effect: () => void): Promise<void> =>
    sim.calls.call(task, { kind: `lanes.${kind}`, subject, faults: AWS_WRITE, effect });
  return {
    all: store.all,
    storeFor: (task) => ({
      addItems: async (items) => {
        for (const one of items) {
          await write(task, 'add_item', one.item.id, () => void store.addItems([one]));
        }
      },
      addWork: (lane, ids) =>
        write(task, 'add_work', ids.join(' '), () => void store.addWork(lane, ids)),
    }),
  };
}
