import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumeTracking, TrackingMessage } from '../../src/process/consume-tracking.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text, wholeNumber } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE, VIEWS_TABLE, DELIVERY_GRACE_SECONDS } = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  DELIVERY_GRACE_SECONDS: wholeNumber,
});
const client = dynamoDb();

/** Folds carriers' scans into shipments. */
export const handler = queueWorker({
  schema: TrackingMessage,
  consume: consumeTracking({
    store: eventStores(client, EVENTS_TABLE).shipments,
    now,
    views: dynamoViewStore({ client, tableName: VIEWS_TABLE }),
    graceSeconds: DELIVERY_GRACE_SECONDS,
  }),
});
