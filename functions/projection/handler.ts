import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumeProjection, ProjectionMessage } from '../../src/process/consume-projection.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE, VIEWS_TABLE } = readEnvironment({ EVENTS_TABLE: text, VIEWS_TABLE: text });
const client = dynamoDb();

/** Keeps the read models. */
export const handler = queueWorker({
  schema: ProjectionMessage,
  consume: consumeProjection({
    escrows: eventStores(client, EVENTS_TABLE).escrows,
    views: dynamoViewStore({ client, tableName: VIEWS_TABLE }),
  }),
});
