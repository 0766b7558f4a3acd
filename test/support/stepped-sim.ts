import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSim, type Sim } from '../simulation/engine/sim.ts';
import { calm, type Faults } from '../simulation/faults.ts';

/** A simulation in which nothing happens, and no time passes, but while somebody waits. */
export type SteppedSim = {
  readonly sim: Sim;
  /** Steps until it is so. Time jumps only where nothing else is left to happen. */
  readonly until: (isSo: () => boolean) => Promise<void>;
  /** Steps until the call is settled, and answers as it does. */
  readonly settled: <T>(call: Promise<T>) => Promise<T>;
  /** Steps until so much time has passed. */
  readonly pass: (ms: number) => Promise<void>;
};

const START_MS = Date.parse('2026-11-23T12:00:00.000Z');

export function steppedSim(faults: Faults = calm): SteppedSim {
  const sim = createSim({ seed: 1, startMs: START_MS, faults, withTrace: false, crashAt: [] });
  const until = async (isSo: () => boolean): Promise<void> => {
    await nextTurn();
    while (!isSo()) {
      if (!sim.scheduler.step()) throw new Error('Nothing is left to happen.');
      await nextTurn();
    }
  };
  return {
    sim,
    until,
    settled: async (call) => {
      let isSettled = false;
      const note = () => {
        isSettled = true;
      };
      call.then(note, note);
      await until(() => isSettled);
      return call;
    },
    pass: async (ms) => {
      let isOver = false;
      sim.scheduler.at(sim.scheduler.nowMs() + ms, () =>
        sim.scheduler.add({
          task: 'contract',
          kind: 'contract.wait',
          subject: '',
          run: () => {
            isOver = true;
            return '';
          },
        }),
      );
      await until(() => isOver);
    },
  };
}
