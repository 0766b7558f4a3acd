import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumePolls, PollMessage } from '../../src/process/consume-polls.ts';
import { PollingPolicy } from '../../src/tracking/polling.ts';
import { carriersOf, carrierVariables, moversOf, subscribersOf } from '../_shared/carriers.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { json, readEnvironment, text, wholeNumber } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  DELIVERY_GRACE_SECONDS: wholeNumber,
  POLLING_POLICY: json(PollingPolicy),
  ...carrierVariables,
});
const client = dynamoDb();

/** Asks carriers about parcels from which nothing was heard, and before a delivery counts. */
export const handler = queueWorker({
  schema: PollMessage,
  consume: consumePolls({
    store: eventStores(client, environment.EVENTS_TABLE).shipments,
    views: dynamoViewStore({ client, tableName: environment.VIEWS_TABLE }),
    carrierOf: carriersOf(environment),
    moverOf: moversOf(environment),
    subscribers: subscribersOf(environment, environment.POLLING_POLICY.subscribe),
    policy: environment.POLLING_POLICY,
    graceSeconds: environment.DELIVERY_GRACE_SECONDS,
    now,
  }),
});
