import { randomUUID } from 'node:crypto';
import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { sendAll } from '../../src/adapters/sqs/send.ts';
import { BankChargeLimits } from '../../src/money/bank-charges.ts';
import { consumeMatching, MatchingMessage } from '../../src/process/consume-matching.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { json, readEnvironment, text } from '../_shared/environment.ts';
import { matchLanes } from '../_shared/matching.ts';
import { sqs } from '../_shared/queue-client.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  RECONCILIATION_TABLE: text,
  QUEUE_URL_SETTLEMENT: text,
  QUEUE_URL_MATCHING: text,
  BANK_CHARGE_LIMITS: json(BankChargeLimits),
});
const client = dynamoDb();
const queue = sqs();
const { breaks, movements, payouts } = eventStores(client, environment.EVENTS_TABLE);

/** The function's own 60 s, less what the last round may take; the lease outlives the function. */
const WORKING_MS = 40_000;
const LEASE_SECONDS = 90;

/** Matches what others say with what the books expect. */
export const handler = queueWorker({
  schema: MatchingMessage,
  consume: (message) => {
    const endsAtMs = now().getTime() + WORKING_MS;
    return consumeMatching({
      ...{ breaks, movements, payouts, now, leaseSeconds: LEASE_SECONDS },
      bankChargeLimits: environment.BANK_CHARGE_LIMITS,
      lanes: dynamoLaneStore({ client, tableName: environment.RECONCILIATION_TABLE }),
      tellSettlement: (outcomes) => sendAll(queue, environment.QUEUE_URL_SETTLEMENT, outcomes),
      goOn: (lane) =>
        matchLanes(queue, {
          ...{ queueUrl: environment.QUEUE_URL_MATCHING, lanes: [lane], cause: 'go-on' },
        }),
      hasTime: () => now().getTime() < endsAtMs,
    })(message, randomUUID());
  },
});
