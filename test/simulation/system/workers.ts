import type * as z from 'zod/mini';
import { ObjectCreated } from '../../../src/adapters/s3/object-created.ts';
import { ConversionMessage, consumeConversion } from '../../../src/process/consume-conversion.ts';
import { consumeEscrow, EscrowMessage } from '../../../src/process/consume-escrow.ts';
import { MatchingMessage } from '../../../src/process/consume-matching.ts';
import { consumePayments, PaymentsMessage } from '../../../src/process/consume-payments.ts';
import { consumePolls, PollMessage } from '../../../src/process/consume-polls.ts';
import { consumeProjection, ProjectionMessage } from '../../../src/process/consume-projection.ts';
import {
  consumeReconciliation,
  ReconciliationMessage,
} from '../../../src/process/consume-reconciliation.ts';
import { consumeSettlement, SettlementMessage } from '../../../src/process/consume-settlement.ts';
import { consumeShipment, ShipmentMessage } from '../../../src/process/consume-shipment.ts';
import { consumeTracking, TrackingMessage } from '../../../src/process/consume-tracking.ts';
import type { Handled } from '../../../src/process/handled.ts';
import { rateDesk } from '../../../src/process/quote-desk.ts';
import { type Work, workMessage } from '../../../src/process/work-message.ts';
import { USUAL_POLLING } from '../../../src/tracking/polling.ts';
import type { Task } from '../engine/tasks.ts';
import { inNextVersion } from '../ports/next-release.ts';
import { MAX_RECEIVE_COUNT, type Received } from '../ports/queue-state.ts';
import type { MessageHandled, QueueName } from '../world.ts';
import {
  carrierOf,
  feedOf,
  nowOf,
  type Plant,
  paymentsOf,
  quotesOf,
  SETTINGS,
  settlementOf,
  storesOf,
} from './plant.ts';
import { matchingOf, matchOf, statementsOf } from './reconciliation.ts';

/** A quote made on arrival, as `functions/conversion/handler.ts` has it. */
const ARRIVAL_LOCK_SECONDS = 60;

type Consumer = {
  readonly schema: z.ZodMiniType<unknown>;
  readonly consume: (message: never) => Promise<Handled>;
};

/** The simulated Stripe tells of its payouts to our bank in its list alone. */
const noPayouts = {
  get: async (payoutId: string) => {
    throw new Error(`Nobody was told of ${payoutId}.`);
  },
};

/** What each worker function composes, for one run of it. */
const CONSUMERS: Readonly<Record<QueueName, (plant: Plant, task: Task) => Consumer>> = {
  payments: (plant, task) => {
    const { escrows, movements } = storesOf(plant, task);
    const now = nowOf(plant, task);
    return {
      schema: PaymentsMessage,
      consume: consumePayments({
        collection: {
          store: escrows,
          now,
          rates: rateDesk(plant.rates(task)),
          payments: paymentsOf(plant, task),
          evidence: plant.vault.evidenceFor(task),
        },
        settlement: settlementOf(plant, task),
        feed: feedOf(plant, task),
        treasury: { store: movements, now, payouts: noPayouts },
      }),
    };
  },
  tracking: (plant, task) => ({
    schema: TrackingMessage,
    consume: consumeTracking({
      store: storesOf(plant, task).shipments,
      now: nowOf(plant, task),
      views: plant.views.storeFor(task),
      graceSeconds: SETTINGS.deliveryGraceSeconds,
    }),
  }),
  conversion: (plant, task) => ({
    schema: ConversionMessage,
    consume: consumeConversion({
      store: storesOf(plant, task).escrows,
      now: nowOf(plant, task),
      quotes: quotesOf(plant, task, ARRIVAL_LOCK_SECONDS),
    }),
  }),
  shipment: (plant, task) => {
    const { escrows, shipments } = storesOf(plant, task);
    const now = nowOf(plant, task);
    return {
      schema: ShipmentMessage,
      consume: consumeShipment({
        store: shipments,
        escrows: { store: escrows, now },
        now,
        vault: plant.vault.storeFor(task),
        carrier: carrierOf(plant, task),
      }),
    };
  },
  escrow: (plant, task) => ({
    schema: EscrowMessage,
    consume: consumeEscrow({ store: storesOf(plant, task).escrows, now: nowOf(plant, task) }),
  }),
  settlement: (plant, task) => ({
    schema: SettlementMessage,
    consume: consumeSettlement(settlementOf(plant, task)),
  }),
  projection: (plant, task) => ({
    schema: ProjectionMessage,
    consume: consumeProjection({
      escrows: storesOf(plant, task).escrows,
      payouts: storesOf(plant, task).payouts,
      sellers: storesOf(plant, task).sellers,
      views: plant.views.storeFor(task),
    }),
  }),
  poll: (plant, task) => ({
    schema: PollMessage,
    consume: consumePolls({
      store: storesOf(plant, task).shipments,
      now: nowOf(plant, task),
      views: plant.views.storeFor(task),
      carrierOf: async () => carrierOf(plant, task),
      subscribers: async () => [],
      policy: USUAL_POLLING,
      graceSeconds: SETTINGS.deliveryGraceSeconds,
    }),
  }),
  reconciliation: (plant, task) => ({
    schema: ReconciliationMessage,
    consume: consumeReconciliation({
      lanes: plant.lanes.storeFor(task),
      breaks: storesOf(plant, task).breaks,
      views: plant.views.storeFor(task),
      match: matchOf(plant, task),
    }),
  }),
  statements: (plant, task) => ({ schema: ObjectCreated, consume: statementsOf(plant, task) }),
  matching: (plant, task) => ({ schema: MatchingMessage, consume: matchingOf(plant, task) }),
};

/**
 * One run of a worker over a batch, as `functions/_shared/queue-worker.ts` does it: every message
 * stands alone, and what could not be arranged is reported as failed. The mapping then deletes the
 * rest. A run that dies deletes nothing.
 */
export function workBatch(plant: Plant, queue: QueueName, batch: readonly Received[]): void {
  const { sim, queues } = plant;
  const task = sim.startTask(queue);
  const messages = batch.map((message) => asReadBy(task, message));
  const { schema, consume } = CONSUMERS[queue](plant, task);
  const work: Work<Received, unknown> = {
    schema,
    consume: consume as (message: unknown) => Promise<Handled>,
    maxReceiveCount: MAX_RECEIVE_COUNT,
    queue: {
      delay: (message, seconds) => queues.delay(task, message, seconds),
      deadLetter: (message, reason) => queues.deadLetter(task, message, reason),
    },
    observe: (message, attempt, disposition) =>
      queues.handled(message, {
        kind: attempt.kind === 'failed' ? 'failed' : attempt.handled.kind,
        code: disposition.kind === 'acknowledge' ? null : disposition.code,
        disposition: disposition.kind,
      } satisfies MessageHandled),
  };
  void Promise.all(messages.map((message) => isDone(work, message))).then((done) =>
    queues.acknowledge(
      queue,
      batch.filter((_, index) => done[index]),
    ),
  );
}

/** The old release gets the next one's messages as they were sent. */
const asReadBy = ({ isNext }: Task, message: Received): Received =>
  message.copy.isNext && !isNext ? { ...message, body: inNextVersion(message.body) } : message;

async function isDone(work: Work<Received, unknown>, message: Received): Promise<boolean> {
  try {
    return (await workMessage(work, message)) === 'acknowledge';
  } catch {
    return false;
  }
}
