import type { TradelaneEvent } from '../../events/index.ts';
import { type LiveSim, liveSim } from '../simulation/live.ts';
import { createEventsTable } from '../simulation/ports/events.ts';
import { createLanes } from '../simulation/ports/lanes.ts';
import { createQuotes } from '../simulation/ports/quotes.ts';
import { createRates } from '../simulation/ports/rates.ts';
import { createStatements } from '../simulation/ports/statements.ts';
import { createVault } from '../simulation/ports/vault.ts';
import { createViews } from '../simulation/ports/views.ts';
import { describeLaneStore } from '../support/describe-lane-store.ts';
import { describePartyVault } from '../support/describe-party-vault.ts';
import { describeQuoteStore } from '../support/describe-quote-store.ts';
import { describeLatestRates } from '../support/describe-rates-store.ts';
import { describeRecordStore } from '../support/describe-record-store.ts';
import { describeStatementStore } from '../support/describe-statement-store.ts';
import { describeViewStore } from '../support/describe-view-store.ts';
import { steppedSim } from '../support/stepped-sim.ts';

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

describeQuoteStore('the simulated quotes table', async () => {
  const { sim } = start();
  return createQuotes(sim).storeFor(sim.startTask('contract'));
});

describePartyVault('the simulated vault', async () => {
  const { sim } = start();
  return createVault(sim).storeFor(sim.startTask('contract'));
});

describeLaneStore('the simulated reconciliation table', async () => {
  const { sim } = start();
  return createLanes(sim).storeFor(sim.startTask('contract'));
});

describeStatementStore('the simulated statements', async () => {
  const { sim } = start();
  return createStatements(sim).storeFor(sim.startTask('contract'));
});

const DAY_MS = 24 * 3_600_000;

describeLatestRates('the simulated rates', async () => {
  const { sim, settled, pass } = steppedSim();
  const { latest } = createRates(sim)(sim.startTask('contract'));
  return { store: { latest: () => settled(latest()) }, nextDay: () => pass(DAY_MS) };
});
