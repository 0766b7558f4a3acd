import { largestFileBytes, readStatements } from '../../../src/adapters/bank/read-statements.ts';
import type { ObjectCreated } from '../../../src/adapters/s3/object-created.ts';
import { sendAll } from '../../../src/adapters/sqs/send.ts';
import { consumeMatching } from '../../../src/process/consume-matching.ts';
import { consumeStatements } from '../../../src/process/consume-statements.ts';
import type { Handled } from '../../../src/process/handled.ts';
import { type Lane, laneNames } from '../../../src/reconciliation/lane.ts';
import type { Task } from '../engine/tasks.ts';
import { nowOf, type Plant, senderOf, storesOf } from './plant.ts';

/** So long `functions/matching/handler.ts` begins new rounds, in the time that functions have here. */
const WORKING_MS = 20_000;
/** Longer than any function lives here: a call may sleep for ten minutes, and another one after it. */
const LEASE_SECONDS = 3_600;

/** As `functions/_shared/matching.ts` does it. */
const matchLanes = (
  plant: Plant,
  task: Task,
  { lanes, cause }: { readonly lanes: readonly Lane[]; readonly cause: string },
): Promise<void> =>
  senderOf(plant, task)(
    'matching',
    lanes.map((lane) => ({
      ...{ kind: 'match_lane', version: 1, messageId: `${cause}#${lane}`, lane },
    })),
  );

/** Has a lane looked at, in worlds in which anything is there to be matched. */
export const matchOf = (plant: Plant, task: Task) => (lane: Lane, cause: string) =>
  plant.bookkeeping === null
    ? Promise.resolve()
    : matchLanes(plant, task, { lanes: [lane], cause });

/** What `functions/statements/handler.ts` composes. */
export function statementsOf(
  plant: Plant,
  task: Task,
): (message: ObjectCreated) => Promise<Handled> {
  const { bookkeeping, lanes } = plant;
  if (bookkeeping === null) throw new Error('There are no statements in this world.');
  const { statements } = bookkeeping;
  const take = consumeStatements({
    fetch: statements.bucketFor(task).get,
    read: readStatements,
    largestFileBytes,
    statements: statements.storeFor(task),
    lanes: lanes.storeFor(task),
    match: (names, fileId) => matchLanes(plant, task, { lanes: names, cause: fileId }),
    vault: statements.vaultFor(task),
    now: nowOf(plant, task),
  });
  return ({ detail: { object } }) => take({ key: object.key, sizeBytes: object.size });
}

/** What `functions/matching/handler.ts` composes. */
export function matchingOf(plant: Plant, task: Task) {
  const { breaks, movements, payouts } = storesOf(plant, task);
  const { sim, lanes, queues } = plant;
  const endsAtMs = task.startedAtMs + WORKING_MS;
  const consume = consumeMatching({
    ...{ breaks, movements, payouts, now: nowOf(plant, task), leaseSeconds: LEASE_SECONDS },
    bankChargeLimits: {},
    lanes: lanes.storeFor(task),
    tellSettlement: (outcomes) => sendAll(queues.clientFor(task), 'settlement', outcomes),
    goOn: (lane) => matchLanes(plant, task, { lanes: [lane], cause: 'go-on' }),
    hasTime: () => sim.scheduler.nowMs() < endsAtMs,
  });
  let runs = 0;
  return (message: Parameters<typeof consume>[0]) => {
    runs += 1;
    return consume(message, `${task.name}#${runs}`);
  };
}

/** One tick of `functions/matching-clock/handler.ts`. */
export function runMatchingClock(plant: Plant, done: () => void): void {
  const task = plant.sim.startTask('matching-clock');
  task.onDeath = done;
  const cause = `clock#${nowOf(plant, task)().toISOString()}`;
  void matchLanes(plant, task, { lanes: laneNames, cause }).then(done, done);
}
