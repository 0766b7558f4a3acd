import type { Sim } from '../engine/sim.ts';
import { createCarrierState } from '../ports/carrier-state.ts';
import { createEventsTable } from '../ports/events.ts';
import { createLanes } from '../ports/lanes.ts';
import { createQueues } from '../ports/queues.ts';
import { createQuotes } from '../ports/quotes.ts';
import { createRates } from '../ports/rates.ts';
import { createStream, type EventStream } from '../ports/stream.ts';
import { createStripeState } from '../ports/stripe-state.ts';
import { createVault } from '../ports/vault.ts';
import { createViews } from '../ports/views.ts';
import { createWebhooks, type Webhooks } from '../ports/webhooks.ts';
import { createBank } from './bank.ts';
import { type BookkeepingOptions, createBookkeeping } from './bookkeeping.ts';
import { createRefundDesk } from './finance.ts';
import { createFinanceDesk } from './finance-desk.ts';
import { receiveWebhook, runDeadlines, runRouter, runSweep } from './functions.ts';
import { createMatchingClock } from './matching-clock.ts';
import type { Plant } from './plant.ts';
import { runMatchingClock } from './reconciliation.ts';
import { createSchedule, createSweeps } from './schedule.ts';
import { createWitness } from './witness.ts';
import { workBatch } from './workers.ts';

export type System = {
  readonly plant: Plant;
  readonly stream: EventStream;
  readonly webhooks: Webhooks;
};

/** Builds the whole system around one simulation, wired as the template wires it. */
export function buildSystem(sim: Sim, world: BookkeepingOptions): System {
  const webhooks = createWebhooks(
    sim,
    (request, delivery, done) => receiveWebhook(plant, request, delivery, done),
    () => sweeps.onEvent(),
  );
  const sweeps = createSweeps(sim, {
    log: () => webhooks.log,
    run: (done) => runSweep(plant, done),
  });
  const stream = createStream(sim, (records, done) => runRouter(plant, records, done));
  const views = createViews(sim, (deadline) => schedule.onDeadline(deadline));
  const schedule = createSchedule(sim, {
    deadlines: () => views.deadlines.values(),
    run: (done) => runDeadlines(plant, done),
  });
  const bank = createBank(() => plant);
  const refundDesk = createRefundDesk(() => plant);
  const bookkeeping = createBookkeeping(sim, () => plant, world);
  const financeDesk = createFinanceDesk(() => plant);
  const clock = createMatchingClock(sim, {
    isOn: bookkeeping !== null,
    lanes: () => plant.lanes,
    run: (done) => runMatchingClock(plant, done),
  });
  const witness = createWitness(() => plant.events.streams);
  const plant: Plant = {
    sim,
    witness,
    views,
    events: createEventsTable(sim, (record) => {
      stream.publish(record);
      bank(record);
      refundDesk(record);
      witness.note(record);
      bookkeeping?.onRecord(record);
      if (bookkeeping !== null) financeDesk(record);
    }),
    queues: createQueues(sim, (queue, batch) => workBatch(plant, queue, batch)),
    vault: createVault(sim),
    lanes: createLanes(sim, clock.onChange),
    quotes: createQuotes(sim),
    rates: createRates(sim),
    stripe: createStripeState(sim, webhooks.fromStripe, webhooks.log, bookkeeping?.onBooked),
    carrier: createCarrierState(sim, webhooks.fromCarrier),
    bankReturns: new Set(),
    bookkeeping,
  };
  return { plant, stream, webhooks };
}
