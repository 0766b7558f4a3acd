import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import {
  consumeReconciliation,
  ReconciliationMessage,
} from '../../src/process/consume-reconciliation.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { matchLanes } from '../_shared/matching.ts';
import { sqs } from '../_shared/queue-client.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  RECONCILIATION_TABLE: text,
  QUEUE_URL_MATCHING: text,
});
const client = dynamoDb();
const queue = sqs();

/** Writes down what the books expect, and shows breaks as they stand. */
export const handler = queueWorker({
  schema: ReconciliationMessage,
  consume: consumeReconciliation({
    lanes: dynamoLaneStore({ client, tableName: environment.RECONCILIATION_TABLE }),
    breaks: eventStores(client, environment.EVENTS_TABLE).breaks,
    views: dynamoViewStore({ client, tableName: environment.VIEWS_TABLE }),
    match: (lane, cause) =>
      matchLanes(queue, { queueUrl: environment.QUEUE_URL_MATCHING, lanes: [lane], cause }),
  }),
});
