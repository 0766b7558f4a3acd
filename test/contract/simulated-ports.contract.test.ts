import type { TradelaneEvent } from '../../events/index.ts';
import { type LiveSim, liveSim } from '../simulation/live.ts';
import { createEventsTable } from '../simulation/ports/events.ts';
import { createVault } from '../simulation/ports/vault.ts';
import { createViews } from '../simulation/ports/views.ts';
import { describePartyVault } from '../support/describe-party-vault.ts';
import { describeRecordStore } from '../support/describe-record-store.ts';
import { describeViewStore } from '../support/describe-view-store.ts';

const running: LiveSim[] = [];
const start = (): LiveSim => {
  const live = liveSim();
  running.push(live);
  return live;
};
afterEach(() => {
  for (const live of running.splice(0)) live.stop();
});

describeRecordStore('the simulated events table', async () => {
  const { sim } = start();
  return createEventsTable(sim, () => {}).storeFor<TradelaneEvent>(sim.startTask('contract'));
});

describeViewStore('the simulated views table', async () => {
  const { sim } = start();
  return createViews(sim, () => {}).storeFor(sim.startTask('contract'));
});

describePartyVault('the simulated vault', async () => {
  const { sim } = start();
  return createVault(sim).storeFor(sim.startTask('contract'));
});
