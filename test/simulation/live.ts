import { createSim, type Sim } from './engine/sim.ts';
import { calm, type Faults } from './faults.ts';

/** A simulation whose calls are answered as they are made, for whoever awaits a simulated port. */
export type LiveSim = { readonly sim: Sim; readonly stop: () => void };

const START_MS = Date.parse('2026-11-23T12:00:00.000Z');

/** Steps whenever there is something to do, until it is stopped. */
export function liveSim(faults: Faults = calm): LiveSim {
  const sim = createSim({ seed: 1, startMs: START_MS, faults, withTrace: false, crashAt: [] });
  let isStopped = false;
  const turn = (): void => {
    while (sim.scheduler.step());
    if (!isStopped) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    sim,
    stop: () => {
      isStopped = true;
    },
  };
}
